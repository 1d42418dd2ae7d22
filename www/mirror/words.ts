// Every word of the mirror that a shopper reads; a page overrides any of them with `VitrineView.words.mirror`.

/** `{name}` in a text is replaced by the value of that name. */
export const mirrorWords = {
  enter: "Try it on",
  title: "Try it on",
  ask: "Look into your camera as into a mirror. The picture stays on this device: nothing of it is stored or sent, and all is forgotten when you close the mirror.",
  askHand: "Hold your hand in front of the camera. The picture stays on this device: nothing of it is stored or sent, and all is forgotten when you close the mirror.",
  camera: "Use the camera",
  photo: "Use a photo",
  photoNote: "A photo, too, stays on this device.",
  faces: "Or see it on somebody else",
  face: "Model {number}",
  close: "Close the mirror",
  on: "The camera is on",
  starting: "Starting the camera…",
  loading: "Preparing the mirror. The first time this takes a moment…",
  looking: "Looking for a face in the photo…",
  lookingHand: "Looking for a hand in the photo…",
  none: "No face is to be seen in this picture. Please take one that shows a face from the front.",
  noneHand: "No hand is to be seen in this picture. Please take one that shows the back of a hand.",
  freeze: "Freeze",
  goOn: "Go on",
  keep: "Keep this look",
  kept: "Kept: {count} of 4. Compare them side by side.",
  full: "Four looks are kept. Remove one to keep another.",
  compare: "Compare",
  back: "Back to the mirror",
  remove: "Remove {name}",
  look: "Look {number}",
  save: "Save photo",
  share: "Share",
  other: "Camera",
  another: "Another picture",
  size: "Your size",
  pupil: "Pupil distance in mm, if you know it",
  pupilNote: "It stands in a prescription for glasses and makes the measures exact.",
  measuring: "Hold still for a moment: your size is being measured.",
  reserve: "Try {size} on in a store",
  stores: "See it in a store",
  /** Measures, by name. */
  lengths: {
    pupilDistance: "Between the pupils", width: "Face", bridge: "Nose", temple: "Front to ear", head: "Around the head", wrist: "Around the wrist",
  } as Record<string, string>,
  /** What the mirror sees, by status; nothing is said while all is well. */
  states: {
    "searching": "Look into the camera.",
    "lost": "Come back into the picture.",
    "too-dark": "It is too dark to see you, or the camera is covered. Turn on a light or uncover it.",
    "too-far": "Come a little closer.",
    "too-close": "Move back a little.",
    "at-the-edge": "Move to the middle of the picture.",
  } as Record<string, string>,
  /** The same for a hand. */
  statesHand: {
    "searching": "Show the back of your hand.",
    "lost": "Bring your hand back into the picture.",
    "too-far": "Bring your hand a little closer.",
    "too-close": "Move your hand back a little.",
    "at-the-edge": "Move your hand to the middle of the picture.",
  } as Record<string, string>,
  /** What went wrong and what to do, by code. */
  troubles: {
    "camera-denied": "The camera is not allowed here. Allow it for this page in the browser's address bar and try again, or use a photo.",
    "camera-none": "No camera was found. Connect one and try again, or use a photo.",
    "camera-busy": "Another program uses the camera. Close it and try again, or use a photo.",
    "camera-ended": "The camera was unplugged or switched off. Connect it and try again, or use a photo.",
    "camera-mute": "The camera gives no picture. Check its switch or cover, or use a photo.",
    "camera-insecure": "This page may not use a camera, since it was not loaded over a secure connection. Use a photo.",
    "tracker-failed": "The mirror could not be loaded. Check the connection and try again.",
    "photo-failed": "This picture cannot be read. Please choose another one: JPEG, PNG or WebP.",
    "viewer-failed": "The picture cannot be shown on this device.",
  } as Record<string, string>,
  retry: "Try again",
};

/** The shape of the table. */
export type MirrorWords = typeof mirrorWords;

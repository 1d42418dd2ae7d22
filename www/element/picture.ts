// The picture of the moment as a file.

/** As in model-viewer. */
export interface ToBlobOptions {
  /** `image/png` unless said otherwise; also `image/jpeg` and `image/webp`. */
  mimeType?: string;
  /** Of lossy pictures, 0 to 1. */
  qualityArgument?: number;
  /** Cuts the picture to the shape that the product fills however it is turned. */
  idealAspect?: boolean;
}

/** The default camera's tilt, at which a product is framed. */
const POLAR_RAD = (75 * Math.PI) / 180;
const STEPS = 32;

/** What a canvas holds in this very moment, as a file. */
export function blobOf(canvas: HTMLCanvasElement, options: ToBlobOptions, aspect: number): Promise<Blob> {
  const whole = options.idealAspect && aspect > 0 ? cut(canvas, aspect) : canvas;
  return new Promise((resolve, reject) => {
    whole.toBlob((blob) => blob ? resolve(blob) : reject(new Error("The browser could not write the picture.")), options.mimeType, options.qualityArgument);
  });
}

/** Width by height of the picture that a box fills under any turn about its upright axis; `size` in metres. */
export function idealAspect({ x, y, z }: { x: number; y: number; z: number }, fieldOfViewDegrees: number): number {
  const radius = Math.hypot(x, z) / 2;
  const slope = Math.tan((fieldOfViewDegrees * Math.PI) / 360);
  // Turning the box sweeps a cylinder; its two rims, seen from the side, decide.
  const rim = Array.from({ length: STEPS * 2 }, (_, step) => {
    const turn = (step / STEPS) * 2 * Math.PI;
    const height = step < STEPS ? -y / 2 : y / 2;
    const towards = Math.cos(turn) * radius;
    return { across: Math.abs(Math.sin(turn) * radius), up: Math.abs(height * Math.sin(POLAR_RAD) - towards * Math.cos(POLAR_RAD)),
      near: towards * Math.sin(POLAR_RAD) + height * Math.cos(POLAR_RAD) };
  });
  const distance = Math.max(...rim.map(({ up, near }) => near + up / slope));
  return Math.max(...rim.map(({ across, near }) => across / (distance - near))) / slope;
}

/** The middle of the picture, as large as it can be in that shape. */
function cut(canvas: HTMLCanvasElement, aspect: number): HTMLCanvasElement {
  const width = Math.round(Math.min(canvas.width, canvas.height * aspect));
  const height = Math.round(Math.min(canvas.height, canvas.width / aspect));
  const part = document.createElement("canvas");
  [part.width, part.height] = [width, height];
  part.getContext("2d")!.drawImage(canvas, (width - canvas.width) / 2, (height - canvas.height) / 2);
  return part;
}

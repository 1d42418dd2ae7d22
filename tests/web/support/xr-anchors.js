// The emulated phone's anchors as the WebXR Anchors Module has them (runs in the browser): where IWER does otherwise it is set
// right here, and a test can move and lose them.

/**
 * The anchors that the page made, and what the phone has learnt since: `window.correction` moves each of them (x, y, z);
 * `window.areAnchorsLost` loses them ("trackedAnchors": only those that are tracked in this picture). `kind`: with `kept` the
 * phone knows anchors on the next visit.
 */
export function keepAnchors(kind) {
  window.anchors = [];
  const spaces = new WeakSet();
  const known = (anchor) => {
    window.anchors.push(anchor);
    spaces.add(anchor.anchorSpace);
    return anchor;
  };
  const create = XRFrame.prototype.createAnchor;
  XRFrame.prototype.createAnchor = async function (...values) {
    return known(await create.apply(this, values));
  };
  correct(spaces);
  lose();
  if (kind === "kept") keep(known);
  else forget();
}

/** The phone has learnt more about the room: every anchor is a little elsewhere. */
function correct(spaces) {
  const poseOf = XRFrame.prototype.getPose;
  XRFrame.prototype.getPose = function (space, base) {
    const pose = poseOf.call(this, space, base);
    if (!pose || !window.correction || !spaces.has(space)) return pose;
    const { position: { x, y, z }, orientation: q } = pose.transform;
    const [dx, dy, dz] = window.correction;
    return { transform: new XRRigidTransform({ x: x + dx, y: y + dy, z: z + dz, w: 1 }, { x: q.x, y: q.y, z: q.z, w: q.w }) };
  };
}

function lose() {
  const tracked = Object.getOwnPropertyDescriptor(XRFrame.prototype, "trackedAnchors").get;
  Object.defineProperty(XRFrame.prototype, "trackedAnchors", {
    configurable: true,
    get() {
      return window.areAnchorsLost ? new Set() : tracked.call(this);
    },
  });
}

/** Where IWER has the anchors of earlier visits. */
const STORE = "@immersive-web-emulation-runtime/persistent-anchors";

/**
 * "requestPersistentHandle", "restorePersistentAnchor", "deletePersistentAnchor": a name is known on every visit until it is
 * deleted. IWER forgets a deleted one only until the next session. `window.kept` has the names that the phone knows.
 */
function keep(known) {
  const { prototype } = XRSession;
  const restore = prototype.restorePersistentAnchor;
  prototype.restorePersistentAnchor = async function (handle) {
    return known(await restore.call(this, handle));
  };
  const stored = () => JSON.parse(localStorage.getItem(STORE) ?? "{}");
  const remove = prototype.deletePersistentAnchor;
  prototype.deletePersistentAnchor = async function (handle) {
    await remove.call(this, handle);
    const { [handle]: _, ...others } = stored();
    localStorage.setItem(STORE, JSON.stringify(others));
  };
  Object.defineProperty(window, "kept", { get: () => Object.keys(stored()) });
}

/** Browsers without the module's persistent part, Chrome among them, have none of its methods. */
function forget() {
  delete IWER.XRAnchor.prototype.requestPersistentHandle;
  for (const name of ["restorePersistentAnchor", "deletePersistentAnchor"]) delete XRSession.prototype[name];
}

// The portrait with its head turned: the tracker's own landmarks make it a mesh, which is turned and drawn with its picture.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HEIGHT, portraitAt, WIDTH } from "./camera.mjs";

/** Landmarks in the middle of the irises, the wearer's right one first, as the holes of the mesh around them are filled. */
const IRISES = [468, 473];
/** The hair in the portrait, about which the mesh knows nothing: an ellipse, in its pixels. */
const HAIR = { x: 227, y: 82, across: 72, down: 66 };
/** The skull's middle behind the pupils, in pupil distances. */
const SKULL = 84 / 63;
/** Rings of triangles between the face and the hair's outline. */
const RINGS = 5;

/** Triangles of the canonical face mesh: the tracker's package lists them by their edges, three by three. */
function faceTriangles() {
  const script = readFileSync(join(import.meta.dirname, "../../../node_modules/@mediapipe/face_mesh/face_mesh.js"), "utf8");
  const [list] = script.slice(script.indexOf("[[127,34],[34,139],[139,127]")).match(/^\[\[[\d,[\]\s]*\]\]/);
  const edges = JSON.parse(list);
  return edges.flatMap(([a, b], at) => (at % 3 === 0 ? [[a, b, edges[at + 1][1]]] : []));
}

/** The mesh's holes and its outline: loops of edges that only one triangle has. */
function loops(triangles) {
  const edges = new Map();
  for (const [a, b, c] of triangles) for (const [from, to] of [[a, b], [b, c], [c, a]]) {
    const key = [from, to].sort((p, q) => p - q).join();
    edges.set(key, edges.has(key) ? undefined : [from, to]);
  }
  const beside = new Map();
  for (const [a, b] of [...edges.values()].filter(Boolean)) for (const [from, to] of [[a, b], [b, a]]) beside.set(from, [...(beside.get(from) ?? []), to]);
  const found = [];
  while (beside.size) {
    const loop = [];
    for (let at = beside.keys().next().value; at !== undefined; ) {
      const next = beside.get(at).find((other) => beside.has(other) && other !== at);
      loop.push(at);
      beside.delete(at);
      at = next;
    }
    found.push(loop);
  }
  return found;
}

/**
 * What `drawTurned` draws, made of a straight sighting's `points` (the tracker's four numbers each) by the camera that saw it:
 * turned about the skull's middle by radians, `aside` to the picture's right, or `up`. Also where the irises are then, in the
 * portrait's pixels.
 */
export function turnedHead(points, camera, { aside = 0, up = 0 }) {
  const vertices = [];
  for (let at = 0; at < points.length; at += 4) {
    const [x, y] = portraitAt(camera, [points[at] * WIDTH, points[at + 1] * HEIGHT]);
    vertices.push([x, y, (points[at + 2] * WIDTH) / camera.scale]);
  }
  const triangles = faceTriangles();
  const [outline, ...holes] = loops(triangles).sort((a, b) => b.length - a.length);
  const fan = (middle, loop) => loop.forEach((corner, at) => triangles.push([middle, corner, loop[(at + 1) % loop.length]]));
  const mean = (loop) => [0, 1, 2].map((axis) => loop.reduce((sum, corner) => sum + vertices[corner][axis], 0) / loop.length);
  for (const hole of holes) {
    const middle = mean(hole);
    const iris = IRISES.find((iris) => Math.hypot(vertices[iris][0] - middle[0], vertices[iris][1] - middle[1]) < 6);
    fan(iris ?? vertices.push(middle) - 1, hole);
  }
  const [right, left] = IRISES.map((iris) => vertices[iris]);
  const between = Math.hypot(left[0] - right[0], left[1] - right[1]);
  const skull = { x: (left[0] + right[0]) / 2, y: (left[1] + right[1]) / 2, z: (left[2] + right[2]) / 2 + SKULL * between };
  addHair(vertices, triangles, outline, skull.z);
  const turned = vertices.map(([x, y, z]) => {
    const [across, down, away] = [x - skull.x, y - skull.y, z - skull.z];
    const [lower, behind] = [down * Math.cos(up) + away * Math.sin(up), away * Math.cos(up) - down * Math.sin(up)];
    return [skull.x + across * Math.cos(aside) - behind * Math.sin(aside), skull.y + lower, skull.z + behind * Math.cos(aside) + across * Math.sin(aside)];
  });
  const area = (of, [a, b, c]) => (of[b][0] - of[a][0]) * (of[c][1] - of[a][1]) - (of[c][0] - of[a][0]) * (of[b][1] - of[a][1]);
  const away = (corners) => corners.reduce((sum, corner) => sum + turned[corner][2], 0);
  // What turns its back is not seen; what is farther is drawn first.
  const seen = triangles.filter((corners) => area(vertices, corners) * area(turned, corners) > 0).sort((a, b) => away(b) - away(a));
  return { triangles: seen.map((corners) => corners.map((corner) => [vertices[corner], turned[corner]].flatMap(([x, y]) => [x, y]))), irises: IRISES.map((iris) => turned[iris].slice(0, 2)) };
}

/** Rings from the face's outline, round as a skull is, to the outline of the hair. */
function addHair(vertices, triangles, outline, skullZ) {
  const ring = (share) => outline.map((corner) => {
    const [x, y, z] = vertices[corner];
    const [across, down] = [x - HAIR.x, y - HAIR.y];
    const out = Math.max(1, 1 / Math.hypot(across / HAIR.across, down / HAIR.down));
    const grow = 1 + (out - 1) * share;
    return vertices.push([HAIR.x + across * grow, HAIR.y + down * grow, skullZ - (skullZ - z) * Math.sqrt(1 - share * share)]) - 1;
  });
  let inner = outline;
  for (let step = 1; step <= RINGS; step += 1) {
    const outer = ring(step / RINGS);
    inner.forEach((corner, at) => {
      const next = (at + 1) % inner.length;
      triangles.push([corner, outer[at], outer[next]], [corner, outer[next], inner[next]]);
    });
    inner = outer;
  }
}

/** Runs in the page: the camera shows the portrait with such triangles over it from now on, or with none. */
export async function drawTurned(triangles) {
  const FINE = 3;
  const portrait = await fetch("/portrait.png").then((answer) => answer.blob()).then(createImageBitmap);
  const canvas = new OffscreenCanvas(portrait.width * FINE, portrait.height * FINE);
  const context = canvas.getContext("2d");
  context.scale(FINE, FINE);
  context.drawImage(portrait, 0, 0);
  for (const corners of triangles) {
    const [[ax, ay, au, av], [bx, by, bu, bv], [cx, cy, cu, cv]] = corners;
    const size = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
    // The affine map that takes the corners where they are in the portrait to where they are turned.
    const across = [((bu - au) * (cy - ay) - (cu - au) * (by - ay)) / size, ((bv - av) * (cy - ay) - (cv - av) * (by - ay)) / size];
    const down = [((cu - au) * (bx - ax) - (bu - au) * (cx - ax)) / size, ((cv - av) * (bx - ax) - (bv - av) * (cx - ax)) / size];
    context.save();
    context.beginPath();
    // A little larger than it is, so that no seam is seen.
    const middle = [(au + bu + cu) / 3, (av + bv + cv) / 3];
    for (const [u, v] of [[au, av], [bu, bv], [cu, cv]]) {
      const out = 0.4 / Math.max(Math.hypot(u - middle[0], v - middle[1]), 0.4);
      context.lineTo(u + (u - middle[0]) * out, v + (v - middle[1]) * out);
    }
    context.clip();
    context.transform(...across, ...down, au - across[0] * ax - down[0] * ay, av - across[1] * ax - down[1] * ay);
    context.drawImage(portrait, 0, 0);
    context.restore();
  }
  window.camera.picture = await createImageBitmap(canvas, { resizeWidth: portrait.width * 2, resizeHeight: portrait.height * 2, resizeQuality: "high" });
}

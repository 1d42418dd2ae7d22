// Photos of a furnished room, with the camera's picture and without: seen, saved and shared by the shopper alone. And the showroom
// for headsets that show no room.

import assert from "node:assert/strict";
import { useRooms } from "./support/room-page.mjs";
import { faceCenter } from "./support/xr-product.mjs";

const { on } = useRooms();

/** Takes one; gives what the sheet says and pixels of its picture at shares from the upper left corner. */
async function photograph(room, places) {
  await room.press("Take a photo");
  const sheet = room.view.getByRole("dialog", { name: "Photo" });
  const picture = sheet.getByRole("img", { name: "The photo of your room" });
  await picture.waitFor();
  const pixels = await picture.evaluate(async (image, places) => {
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return places.map(([x, y]) => [...context.getImageData(Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data]);
  }, places);
  return { sheet, pixels };
}

/** The product's red, as the page's own tone curve has it. */
const isRed = ([red, green, blue]) => red > 220 && green < 60 && blue < 60;
/** JPEG is near enough. */
const isLike = (pixel, color) => color.every((value, channel) => Math.abs(pixel[channel] - value) < 12);

async function productPlace(room) {
  const { position } = (await room.items())[0];
  return room.phone("placeOf", faceCenter("front").map((value, axis) => value + position[axis]));
}

on("with the camera's picture is shown, saved as a file and shared, by nobody but the shopper", "?camera=1", async (room) => {
  await room.enter();
  await room.place(0, -35);
  await room.standing(1);
  const { sheet, pixels } = await photograph(room, [await productPlace(room), [0.02, 0.02], [0.02, 0.98]]);
  assert.ok(isRed(pixels[0]), `the product is ${pixels[0]}`);
  for (const [index, color] of [[1, [0, 0, 255]], [2, [0, 255, 0]]]) assert.ok(isLike(pixels[index], color), `the camera's ${pixels[index]} is not ${color}`);
  await sheet.getByText("on this device only, until you save or share it").waitFor();
  assert.equal(await sheet.getByText("products alone").count(), 0);
  assert.equal(await sheet.getByRole("button", { name: "Share" }).count(), 0, "not where the browser shares no files");
  const save = await sheet.getByRole("link", { name: "Save" }).evaluate(async (link) => {
    const bytes = new Uint8Array(await (await fetch(link.href)).arrayBuffer());
    return { name: link.download, protocol: new URL(link.href).protocol, head: [...bytes.subarray(0, 3)], size: bytes.length };
  });
  assert.deepEqual([save.name, save.protocol, save.head], ["room.jpg", "blob:", [0xff, 0xd8, 0xff]], "a JPEG, on this device");
  assert.ok(save.size > 1000, `${save.size} bytes`);
  await room.press("Close");

  await room.page.evaluate(() => {
    window.shared = [];
    navigator.canShare = ({ files }) => files?.length === 1;
    navigator.share = async (what) => {
      window.shared.push(what.files.map(({ name, type, size }) => ({ name, type, isFull: size > 1000 })));
      throw new DOMException("thought better of it", "AbortError");
    };
  });
  const again = await photograph(room, []);
  await again.sheet.getByRole("button", { name: "Share" }).click();
  await room.until(() => window.shared.length === 1);
  assert.deepEqual(await room.page.evaluate(() => window.shared[0]), [{ name: "room.jpg", type: "image/jpeg", isFull: true }]);
  assert.equal(await again.sheet.isVisible(), true, "whoever thinks better of it still has the photo");
  await room.press("Close");
  await room.leave();
  const counted = await room.page.evaluate(() => window.heard.filter(({ detail }) => detail?.name === "ar-photo").length);
  assert.equal(counted, 2);
});

on("without the camera's picture shows the products alone and says so", "", async (room) => {
  await room.enter();
  await room.place(0, -35);
  await room.standing(1);
  const { sheet, pixels } = await photograph(room, [await productPlace(room), [0.02, 0.02]]);
  assert.ok(isRed(pixels[0]), `the product is ${pixels[0]}`);
  assert.ok(isLike(pixels[1], [255, 255, 255]), `beside it is ${pixels[1]}`);
  await sheet.getByText("products alone").waitFor();
});

on("a headset without the room's picture has a showroom, with the product on its floor", "?vr=1&stereo=1", async (room) => {
  await room.enter();
  const [{ position }] = await room.standing(1);
  assert.ok(Math.abs(position[1]) < 0.01, `it stands at ${position}`);
  const { share } = await room.phone("coverage");
  assert.ok(share > 0.99, `the showroom covers ${share} of the picture`);
  const front = faceCenter("front").map((value, axis) => value + position[axis]);
  for (const pixel of await room.phone("pixelsOfEyes", front)) assert.ok(isRed(pixel), `an eye sees ${pixel}`);
  await room.press("Move right");
  await room.leave();
});

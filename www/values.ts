// Points and places that the element hands out, each written by `toString` as the attributes read it.

/** A point or direction in metres. */
export class Vector3D {
  constructor(readonly x: number, readonly y: number, readonly z: number) {}

  toString(): string {
    return `${this.x}m ${this.y}m ${this.z}m`;
  }
}

/** Texture coordinates: to the right and down, in shares of the picture. */
export class Vector2D {
  constructor(readonly u: number, readonly v: number) {}

  toString(): string {
    return `${this.u} ${this.v}`;
  }
}

/** A place of the camera around its target: angles in radians, the radius in metres. */
export class SphericalPosition {
  constructor(readonly theta: number, readonly phi: number, readonly radius: number) {}

  toString(): string {
    return `${this.theta}rad ${this.phi}rad ${this.radius}m`;
  }
}

// What the element answers and does by asking its viewer alone: where the camera is, which scenes there are, how large the product is.

import type { Material, Pick, SurfacePoint } from "./scene-graph.js";
import { SphericalPosition, Vector3D } from "./values.js";

/** The viewer's answer to `camera`: angles in radians, lengths in metres, the field of view in degrees. */
export interface Camera {
  theta: number;
  phi: number;
  radius: number;
  target: { x: number; y: number; z: number };
  fieldOfView: number;
}

/** The part of `<vitrine-view>` that knows no more than the viewer's questions and verbs. */
export abstract class ViewingElement extends HTMLElement {
  abstract get loaded(): boolean;
  abstract act(name: string, detail?: unknown): void;
  abstract query(name: string): unknown;
  abstract pick(x: number, y: number): Pick | null;

  /** Where a point of the window meets the product, in the product's own space. */
  positionAndNormalFromPoint(x: number, y: number): SurfacePoint | null {
    const found = this.pick(x, y);
    return found && { position: found.position, normal: found.normal, uv: found.uv };
  }

  /** The material under a point of the window. */
  materialFromPoint(x: number, y: number): Material | null {
    return this.pick(x, y)?.material ?? null;
  }

  /** Names of the scenes of the product's file; empty until loaded. */
  get availableScenes(): string[] {
    return (this.query("scenes") as string[] | null) ?? [];
  }

  /** Size of the product in metres; zero until loaded. */
  getDimensions(): Vector3D {
    return this.#metres("dimensions");
  }

  /** Middle of the product's box in metres; zero until loaded. */
  getBoundingBoxCenter(): Vector3D {
    return this.#metres("center");
  }

  /** Where the camera stands now, between start and goal of a movement. */
  getCameraOrbit(): SphericalPosition {
    const { theta = 0, phi = 0, radius = 0 } = this.#cameraNow() ?? {};
    return new SphericalPosition(theta, phi, radius);
  }

  /** The point that the camera looks at now. */
  getCameraTarget(): Vector3D {
    const { x = 0, y = 0, z = 0 } = this.#cameraNow()?.target ?? {};
    return new Vector3D(x, y, z);
  }

  /** Vertical opening of the lens, in degrees. */
  getFieldOfView(): number {
    return this.#cameraNow()?.fieldOfView ?? 0;
  }

  /** Ends the camera's movement where it leads, at once. */
  jumpCameraToGoal(): void {
    this.act("jump-camera");
  }

  /** Measures and frames the product anew, after parts of it were hidden or shown. */
  async updateFraming(): Promise<void> {
    this.act("update-framing");
  }

  /** Puts the camera back to `camera-orbit`, `camera-target` and `field-of-view`. */
  resetView(): void {
    this.act("reset-view");
  }

  #cameraNow(): Partial<Camera> | null {
    return this.query("camera") as Camera | null;
  }

  #metres(question: string): Vector3D {
    const { x = 0, y = 0, z = 0 } = (this.loaded ? this.query(question) as Partial<Vector3D> | null : null) ?? {};
    return new Vector3D(x, y, z);
  }
}

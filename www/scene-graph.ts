// The product's parts and materials as a page sees and changes them; names are model-viewer's where the meaning is the same.

import type { Vector2D, Vector3D } from "./values.js";

/** Linear red, green, blue. */
export type RGB = [red: number, green: number, blue: number];
/** Linear red, green, blue, and opacity. */
export type RGBA = [red: number, green: number, blue: number, alpha: number];
/** A linear colour, or any colour of CSS, which is sRGB. */
export type Color<Linear> = Linear | string;

/** How opacity is used. */
export type AlphaMode = "OPAQUE" | "MASK" | "BLEND";

/** The product as it is shown. Belongs to one `src`: with another product there is another model. */
export interface Model {
  readonly nodes: readonly ModelNode[];
  readonly materials: readonly Material[];
  /** The part of an index, a name, or a path such as `chair/seat`. Throws an error that lists the names there are. */
  node(key: number | string): ModelNode;
  /** The material of an index or a name. Throws an error that lists the names there are. */
  material(key: number | string): Material;
  /** `null` when there is none of that name. */
  getMaterialByName(name: string): Material | null;
  /** Every part and material as the file has it. */
  reset(): void;
}

/** A part of the product, with all that hangs on it. */
export interface ModelNode {
  readonly index: number;
  /** The file's name for it; may be empty. */
  readonly name: string;
  /** The names from the top down to it, parted by slashes; what has no name is called by its index. */
  readonly path: string;
  readonly parent: ModelNode | null;
  readonly children: readonly ModelNode[];
  /** It has a shape of its own. */
  readonly hasGeometry: boolean;
  /** False hides it with all that hangs on it. What is above it, the file, or an animation may hide it all the same. */
  visible: boolean;
  /** It is drawn now: nothing hides it. */
  readonly isShown: boolean;
}

/** The numbers of a surface, by glTF's names. Read them here, write them by the setters. */
export interface MaterialNumbers {
  readonly emissiveFactor: RGB;
  readonly normalScale: number;
  readonly occlusionStrength: number;
  readonly ior: number;
  readonly dispersion: number;
  readonly clearcoatFactor: number;
  readonly clearcoatRoughnessFactor: number;
  readonly clearcoatNormalScale: number;
  readonly sheenColorFactor: RGB;
  readonly sheenRoughnessFactor: number;
  readonly specularFactor: number;
  readonly specularColorFactor: RGB;
  readonly transmissionFactor: number;
  readonly thicknessFactor: number;
  readonly attenuationDistance: number;
  readonly attenuationColor: RGB;
  readonly iridescenceFactor: number;
  readonly iridescenceIor: number;
  readonly iridescenceThicknessMinimum: number;
  readonly iridescenceThicknessMaximum: number;
  readonly anisotropyStrength: number;
  readonly anisotropyRotation: number;
  readonly diffuseTransmissionFactor: number;
  readonly diffuseTransmissionColorFactor: RGB;
}

/** The numbers of metallic-roughness, by glTF's names. */
export interface PbrNumbers {
  readonly baseColorFactor: RGBA;
  readonly metallicFactor: number;
  readonly roughnessFactor: number;
}

/** The textures of a surface, by glTF's names. */
export interface MaterialTextures {
  readonly normalTexture: TextureInfo;
  readonly occlusionTexture: TextureInfo;
  readonly emissiveTexture: TextureInfo;
  readonly clearcoatTexture: TextureInfo;
  readonly clearcoatRoughnessTexture: TextureInfo;
  readonly clearcoatNormalTexture: TextureInfo;
  readonly sheenColorTexture: TextureInfo;
  readonly sheenRoughnessTexture: TextureInfo;
  readonly specularTexture: TextureInfo;
  readonly specularColorTexture: TextureInfo;
  readonly transmissionTexture: TextureInfo;
  readonly thicknessTexture: TextureInfo;
  readonly iridescenceTexture: TextureInfo;
  readonly iridescenceThicknessTexture: TextureInfo;
  readonly anisotropyTexture: TextureInfo;
  readonly diffuseTransmissionTexture: TextureInfo;
  readonly diffuseTransmissionColorTexture: TextureInfo;
}

/** `emissiveFactor` is set by `setEmissiveFactor`: colours as linear numbers or as CSS writes them. */
export type Setters<Numbers> = {
  [Name in keyof Numbers & string as `set${Capitalize<Name>}`]: (value: Numbers[Name] extends number ? number : Color<Numbers[Name]>) => void;
};

/** A surface. `emissiveFactor` has the strength of KHR_materials_emissive_strength in it and may exceed 1. */
export interface Material extends MaterialNumbers, Setters<MaterialNumbers>, MaterialTextures {
  readonly index: number;
  /** The file's name for it; may be empty. */
  readonly name: string;
  readonly pbrMetallicRoughness: PbrMetallicRoughness;
  getAlphaMode(): AlphaMode;
  setAlphaMode(mode: AlphaMode): void;
  getAlphaCutoff(): number;
  /** From which opacity on it is drawn, 0 to 1; makes the alpha mode `MASK`. */
  setAlphaCutoff(cutoff: number): void;
  getDoubleSided(): boolean;
  setDoubleSided(isDoubleSided: boolean): void;
  /** As the file has it. */
  reset(): void;
}

/** glTF's usual surface: a colour, metal or not, rough or smooth. */
export interface PbrMetallicRoughness extends PbrNumbers, Setters<PbrNumbers> {
  readonly baseColorTexture: TextureInfo;
  /** Green roughness, blue metallic. */
  readonly metallicRoughnessTexture: TextureInfo;
}

/** One place of a surface where a texture can be. */
export interface TextureInfo {
  /** `null` where there is none. */
  readonly texture: Texture | null;
  /** Puts another texture there, sampled as the one before; `null` takes it away. */
  setTexture(texture: Texture | null): void;
}

/** A picture for surfaces: of the file, or made by `createTexture`. */
export interface Texture {
  /** The file's name for it, or the address it came from; may be empty. */
  readonly name: string;
  readonly source: {
    readonly name: string;
    /** Media type, for instance `image/png`; empty when it is not known. */
    readonly type: string;
    /** The address it came from; absent for pictures of the file. */
    readonly uri?: string;
  };
}

/** Where a point of the screen meets the product, in the product's own space. */
export interface SurfacePoint {
  /** In metres. */
  readonly position: Vector3D;
  /** Unit length, away from the product. */
  readonly normal: Vector3D;
  /** First texture coordinates; `null` where the file has none. */
  readonly uv: Vector2D | null;
}

/** What is under a point of the screen. */
export interface Pick extends SurfacePoint {
  readonly node: ModelNode;
  /** `null` where the file names none. */
  readonly material: Material | null;
  /** From the camera, in metres. */
  readonly distance: number;
}

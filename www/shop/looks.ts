// This shop's own words and colours for its products, by the product's id; a product without an entry is shown all the same.

/** What the store service does not know, since it is only how this shop speaks. */
export interface Look {
  department: string;
  tagline: string;
  details: string[];
  placement?: "floor" | "wall";
  choice?: string;
  /** How it is worn, where it can be tried on, and the sizes it comes in; see the README. */
  tryOn?: string;
  sizes?: Record<string, unknown>[];
  /** Colour of a variant's little round picture. */
  swatches?: Record<string, string>;
}

/** By product id. */
export const LOOKS: Record<string, Look> = {
  armchair: {
    department: "Living", tagline: "Deep, low, and woven to be sat in.", choice: "Fabric",
    details: ["Oak legs, oiled by hand", "Cover of wool and linen; comes off and can be washed", "We mend it for as long as you have it"],
    swatches: { Sage: "#8b9a7d", Rust: "#a9583a", Ink: "#2d3644" },
  },
  lamp: {
    department: "Light", tagline: "A slim line with a warm end.",
    details: ["Linen shade, brushed brass stem and foot", "LED 8 W, 2700 K, can be changed", "3 m of textile cable with a foot switch"],
  },
  sideboard: {
    department: "Living", tagline: "1.6 metres of oiled oak.",
    details: ["Fluted oak doors, three drawers, brass pulls", "Stands level on any floor", "Delivered whole, by two people"],
  },
  picture: {
    department: "Walls", tagline: "A sun, an arch and a hill, framed.", placement: "wall",
    details: ["Print in six inks on cotton paper", "Walnut frame, bevelled mat", "With hanger and level"],
  },
  sunglasses: {
    department: "To wear", tagline: "Acetate, cut and polished by hand.",
    details: ["Brown graded lenses, UV 400", "Five-barrel hinges", "Case and cloth included"],
    tryOn: "glasses", sizes: [{ name: "M", frameWidth: 143 }],
  },
  watch: {
    department: "To wear", tagline: "40 mm of steel, on leather.",
    details: ["Automatic, 42 hours in reserve", "Sapphire glass, 5 bar", "Strap changes without a tool"],
    tryOn: "watch", sizes: [{ name: "40 mm", wrist: [150, 200] }],
  },
  hat: {
    department: "To wear", tagline: "Felt that keeps its shape in the wind.",
    details: ["Pure wool felt", "Grosgrain band", "Sizes 54 to 61"],
    tryOn: "hat", sizes: [54, 55, 56, 57, 58, 59, 60, 61].map((size) => ({ name: String(size), circumference: size * 10 })),
  },
};

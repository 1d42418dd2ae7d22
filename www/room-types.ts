// The room list as a page sees it: what is brought along, and how a room is kept and shared.

/** What a page may say of an item that it adds to the room. */
export interface ItemOptions {
  /** Name of the variant to show. */
  variant?: string;
  /** Where it belongs: `floor`, `wall`, `any`, `ceiling`, `table`, `item` or `air`; without it the model's own word, or the floor. */
  placement?: string;
  /** The shop's number of the item, as the store service knows it. */
  itemId?: string;
  /** What the shopper calls it. */
  name?: string;
  /** What it costs, in words. */
  price?: string;
}

/** One item of the room list. */
export interface RoomItem extends Required<ItemOptions> {
  /** Names it for as long as the page is open. */
  id: number;
  /** Its model's whole address. */
  src: string;
  /** The variants that its model has; empty until it is there. */
  variants: string[];
  /** Its model is there. */
  isReady: boolean;
}

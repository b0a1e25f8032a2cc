// The messages of the exchange, as values.

/** An Installation ID that holds. */
export interface InstallationId {
  readonly digits: string;
  /** Nine groups of 7 or 6 digits. */
  readonly groups: readonly string[];
  /** Ten digits by which a reply says what it answers. */
  readonly tag: string;
  /** First group all zeros: a practice number. */
  readonly practice: boolean;
}

/** A Confirmation ID that holds: eight groups of six, boxes A to H. */
export interface ConfirmationId {
  readonly digits: string;
  readonly groups: readonly string[];
  readonly practice: boolean;
}

/** A Confirmation ID and the tag of the Installation ID that it answers. */
export interface Reply {
  readonly cid: ConfirmationId;
  readonly tag: string;
}

/** One product of a request. */
export interface ProductRequest {
  /** GUID, lower case, with hyphens. */
  readonly activationId: string;
  readonly name: string;
  readonly keyTail?: string;
  readonly iid: InstallationId;
}

/** What an offline PC asks. */
export interface Request {
  readonly pc: string;
  readonly serial?: string;
  /** What identifies the machine: sixteen hexadecimal digits. */
  readonly machine?: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly products: readonly ProductRequest[];
}

/** One product of a receipt. */
export interface ProductReceipt {
  readonly tag: string;
  /** Licence status; 1 is activated, nothing else is. */
  readonly status: number;
  /** HRESULT of a refusal, as a number. */
  readonly hresult?: number;
}

/** What the licence store said. */
export interface Receipt {
  readonly pc: string;
  readonly serial?: string;
  /** What identifies the machine: sixteen hexadecimal digits. */
  readonly machine?: string;
  readonly time: number;
  readonly products: readonly ProductReceipt[];
}

/** A walk's worth of messages: packet `t1`. */
export interface TripPacket {
  readonly name: string;
  readonly time: number;
  readonly requests: readonly Request[];
  readonly replies: readonly Reply[];
  readonly receipts: readonly Receipt[];
}

/** Whatever a camera, a scanner, a link or a clipboard yields. */
export type Message =
  | { readonly kind: "iid"; readonly iid: InstallationId }
  | { readonly kind: "cid"; readonly cid: ConfirmationId }
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "request"; readonly request: Request }
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  | { readonly kind: "trip"; readonly trip: TripPacket };

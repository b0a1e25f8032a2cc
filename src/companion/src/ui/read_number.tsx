// A number that was read by its digits, beside the picture of each group: the
// person compares, corrects, and says whose it is.

import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ReadNumber } from "../camera/cut_out";
import type { Box } from "../core/types";
import { nextStep, t } from "../i18n";
import { feel } from "./feedback";
import { core } from "./state";

/** What the person says of a number. */
export interface ConfirmedNumber {
  readonly digits: string;
  /** Name of the PC and its product, where they were said. */
  readonly name: string | undefined;
  readonly product: string | undefined;
}

const open = signal<{ readonly number: ReadNumber; answer(confirmed?: ConfirmedNumber): void } | undefined>(undefined);

/** What was chosen last: the PCs of a room are often of one kind, and the choice is in sight. */
const lastProduct = signal("");

/** Whether a number is being compared; until then no other one is. */
export function isComparing(): boolean {
  return open.value !== undefined;
}

/** Shows a number beside its pictures; nothing if the person wants another picture. */
export function compare(number: ReadNumber): Promise<ConfirmedNumber | undefined> {
  open.value?.answer();
  feel("info");
  return new Promise((resolve) => {
    open.value = {
      number,
      answer: (confirmed) => {
        open.value = undefined;
        resolve(confirmed);
      },
    };
  });
}

/** Where numbers are compared. */
export function ReadNumberHost() {
  const asked = open.value;
  return asked ? <Comparison key={asked.number.digits} number={asked.number} answer={asked.answer} /> : null;
}

interface Props {
  readonly number: ReadNumber;
  answer(confirmed?: ConfirmedNumber): void;
}

function Comparison({ number, answer }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const size = number.digits.length / number.pictures.length;
  const [groups, setGroups] = useState(() => number.pictures.map((_, at) => number.digits.slice(at * size, (at + 1) * size)));
  const [corrected, setCorrected] = useState<ReadonlySet<number>>(new Set());
  const [name, setName] = useState("");
  const [product, setProduct] = useState(lastProduct.value);
  useEffect(() => element.current?.showModal(), []);

  const checked = core()?.call<readonly Box[]>("groups", { length: number.digits.length, groups });
  const boxes = checked?.ok ? checked.value : [];
  const wrong = boxes.filter((box) => box.defect).map((box) => box.label);
  const isWhole = boxes.length === groups.length && wrong.length === 0;
  const doubtful = (at: number) =>
    corrected.has(at) ? [] : number.doubtful.filter((place) => Math.floor(place / size) === at).map((place) => place % size);
  const isIid = number.kind === "iid";
  return (
    <dialog
      ref={element}
      class="dialog read-number"
      aria-labelledby="read-number-title"
      onCancel={(event) => {
        event.preventDefault();
        answer();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWhole) return;
          if (isIid) lastProduct.value = product;
          answer({ digits: groups.join(""), name: name.trim() || undefined, product: product || undefined });
        }}
      >
        <h2 id="read-number-title">{t(`read-number-title-${number.kind}`)}</h2>
        <p>{t("read-number-compare")}</p>
        {number.doubtful.length > 0 && <p class="what is-warn">{t("read-number-doubtful")}</p>}
        <ol class="comparison" aria-label={t("read-number-groups")}>
          {groups.map((digits, at) => (
            <Group
              key={at}
              label={boxes[at]?.label ?? String(at + 1)}
              pictures={number.pictures[at] ?? []}
              digits={digits}
              doubtful={doubtful(at)}
              isWrong={Boolean(boxes[at]?.defect)}
              onChange={(text) => {
                setGroups(groups.map((other, place) => (place === at ? text : other)));
                setCorrected(new Set(corrected).add(at));
              }}
            />
          ))}
        </ol>
        {wrong.length > 0 && (
          <div class="is-warn" role="status">
            <p class="what">{t("read-number-wrong", { groups: wrong.join(", ") })}</p>
            <p class="next">{nextStep("read-number-wrong")}</p>
          </div>
        )}
        {isIid && <Whose name={name} product={product} onName={setName} onProduct={setProduct} />}
        <div class="row decide">
          <button type="button" onClick={() => answer()}>
            {t("read-number-again")}
          </button>
          <button type="submit" class="primary grow" disabled={!isWhole}>
            {t(`read-number-right-${number.kind}`)}
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface GroupProps {
  readonly label: string;
  readonly pictures: readonly string[];
  readonly digits: string;
  readonly doubtful: readonly number[];
  readonly isWrong: boolean;
  onChange(text: string): void;
}

function Group({ label, pictures, digits, doubtful, isWrong, onChange }: GroupProps) {
  const [editing, setEditing] = useState(false);
  const mark = doubtful.length > 0 || isWrong ? "⚠ " : "";
  return (
    <li class={isWrong ? "is-wrong" : doubtful.length > 0 ? "is-doubtful" : ""}>
      <span class="label">
        {mark}
        {label}
      </span>
      <span class="pieces">
        {pictures.map((picture) => (
          <img key={picture} src={picture} alt="" />
        ))}
      </span>
      {editing ? (
        <input
          type="text"
          class="digits"
          inputMode="numeric"
          autocomplete="off"
          autofocus
          maxLength={14}
          value={digits}
          aria-label={t("read-number-group", { label })}
          onFocus={(event) => event.currentTarget.select()}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <button type="button" class="plain digits" aria-label={t("read-number-edit", { label, digits })} onClick={() => setEditing(true)}>
          {[...digits].map((digit, at) => (doubtful.includes(at) ? <mark key={at}>{digit}</mark> : digit))}
        </button>
      )}
    </li>
  );
}

interface WhoseProps {
  readonly name: string;
  readonly product: string;
  onName(name: string): void;
  onProduct(product: string): void;
}

/** Whose number it is: nothing on the screen says so. */
function Whose({ name, product, onName, onProduct }: WhoseProps) {
  const offers = core()?.call<{ pcs: readonly string[]; products: readonly string[] }>("offers");
  const { pcs, products } = offers?.ok ? offers.value : { pcs: [], products: [] };
  return (
    <>
      <label for="read-number-name">{t("name-label")}</label>
      <input
        id="read-number-name"
        type="text"
        value={name}
        maxLength={96}
        autocomplete="off"
        enterkeyhint="done"
        placeholder={t("read-number-name-example")}
        list="read-number-pcs"
        onInput={(event) => onName(event.currentTarget.value)}
      />
      <datalist id="read-number-pcs">
        {pcs.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <label for="read-number-product">{t("portal-product")}</label>
      <select id="read-number-product" value={product} onChange={(event) => onProduct(event.currentTarget.value)}>
        <option value="">{t("read-number-product-later")}</option>
        {products.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </>
  );
}

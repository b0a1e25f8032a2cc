// The record behind the trip's name: how far everything is, and what can be
// done with it.

import { useComputed } from "@preact/signals";
import { useState } from "preact/hooks";
import type { EntryDetail, PcRow, State } from "../core/types";
import { nextStep, t, timeText } from "../i18n";
import { ask } from "./dialog";
import { joinPcs, refuse, repliesOf, showReplyOf } from "./intake";
import { Groups, NameField, NoticeCard, StateMark } from "./pieces";
import { PcList } from "./pc_list";
import { Actions } from "./record_actions";
import { apply, count, detailOf, trip } from "./state";

const STATES: readonly State[] = ["open", "contested", "cid", "delivered", "activated", "failed"];

export function Record() {
  const [only, setOnly] = useState<State | undefined>(undefined);
  const pcs = useComputed(() => trip.value.pcs);
  const shownPcs =
    only === undefined
      ? pcs.value
      : pcs.value.filter((pc) => pc.entries.some((entry) => entry.state === only));
  return (
    <>
      <h1>{t("record-title")}</h1>
      <NoticeCard />
      <TripName />
      <div class="filters" role="group" aria-label={t("record-states")}>
        <Filter label={t("state-all")} count={trip.value.products} on={only === undefined} choose={() => setOnly(undefined)} />
        {STATES.filter((state) => count(state) > 0).map((state) => (
          <Filter
            key={state}
            label={t(`state-${state}`)}
            count={count(state)}
            on={only === state}
            choose={() => setOnly(state)}
          />
        ))}
      </div>
      {shownPcs.length > 0 ? (
        <PcList pcs={shownPcs} label={t("record-pcs")} detail={(pc) => <Detail pc={pc} />} />
      ) : (
        <p class="quiet">{t("record-none")}</p>
      )}
      <Actions />
    </>
  );
}

interface FilterProps {
  readonly label: string;
  readonly count: number;
  readonly on: boolean;
  choose(): void;
}

function Filter({ label, count, on, choose }: FilterProps) {
  return (
    <button type="button" aria-pressed={on} onClick={choose}>
      {label} <strong>{count}</strong>
    </button>
  );
}

function TripName() {
  const [text, setText] = useState<string | undefined>(undefined);
  return (
    <form
      class="row name"
      onSubmit={(event) => {
        event.preventDefault();
        if (text === undefined) return;
        void apply({ kind: "rename", name: text }).then((outcome) => {
          if (outcome?.kind === "refused") refuse(outcome.fault, "warn");
          setText(undefined);
        });
      }}
    >
      <input
        type="text"
        aria-label={t("record-rename")}
        maxLength={96}
        autocomplete="off"
        enterkeyhint="done"
        value={text ?? trip.value.name}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" disabled={text === undefined}>
        {t("record-save-name")}
      </button>
    </form>
  );
}

/** All about one PC. */
function Detail({ pc }: { readonly pc: PcRow }) {
  const detail = detailOf(pc.id);
  if (!detail) return null;
  const hasReply = repliesOf(pc.id).length > 0;
  const remove = async () => {
    const facts = { pc: pc.name };
    const sure = await ask({
      title: t("record-remove-ask", facts),
      body: t("record-remove-body"),
      yes: t("record-remove-yes"),
      danger: true,
    });
    if (sure) await apply({ kind: "remove", pc: pc.id });
  };
  return (
    <div class="detail">
      {detail.entries.map((entry) => (
        <Product key={entry.tag} entry={entry} name={pc.name} />
      ))}
      {hasReply && (
        <button type="button" class="primary wide" onClick={() => showReplyOf(pc.id)}>
          {t("notice-show-reply")}
        </button>
      )}
      {detail.serial && <p class="quiet">{t("record-serial", { serial: detail.serial })}</p>}
      {detail.place && <p class="quiet">{t("record-place", { place: detail.place })}</p>}
      {detail.twins.map((twin) => (
        <button key={twin.id} type="button" onClick={() => void joinPcs(twin.id, pc.id)}>
          {t("record-join", { other: twin.name })}
        </button>
      ))}
      {pc.entries.length > 0 && <NameField id={pc.id} />}
      <button type="button" class="danger" onClick={() => void remove()}>
        {t("record-remove")}
      </button>
    </div>
  );
}

function Product({ entry, name }: { readonly entry: EntryDetail; readonly name: string }) {
  const takeBack = async () => {
    const sure = await ask({
      title: t("record-take-back-ask", { pc: name }),
      body: t("record-take-back-body"),
      yes: t("record-take-back"),
    });
    if (sure) await apply({ kind: "take-back", tag: entry.tag });
  };
  return (
    <article class="entry">
      <h3>
        {entry.product ?? t("unnamed-product")}
        {entry.key_tail && <span class="quiet"> {t("key-tail", { tail: entry.key_tail })}</span>}
      </h3>
      <StateMark state={entry.state} />
      {entry.state === "failed" && <Failure entry={entry} />}
      <h4>{t("record-iid")}</h4>
      <Groups groups={entry.iid.groups} label={t("record-iid")} />
      {entry.former > 0 && (
        <p class="is-warn what">{t("record-superseded", { count: entry.former })}</p>
      )}
      <h4>{t("record-cid")}</h4>
      {entry.rivals.length > 0 && <p class="is-warn clash">{t("portal-contested")}</p>}
      {entry.rivals.map((rival) => (
        <Groups key={rival.digits} groups={rival.groups} label={t("record-cid")} boxes />
      ))}
      {entry.cid === null ? (
        <p class="quiet">{t("record-cid-none")}</p>
      ) : (
        <>
          <Groups groups={entry.cid.groups} label={t("record-cid")} boxes />
          {entry.state !== "activated" && (
            <button type="button" onClick={() => void takeBack()}>
              {t("record-take-back")}
            </button>
          )}
        </>
      )}
      <h4>{t("record-history")}</h4>
      <ol class="steps">
        {entry.steps.map((step, index) => (
          <li key={index}>
            <time class="quiet">{timeText(step.at)}</time> {t(`step-${step.kind}`)} {step.code}
          </li>
        ))}
      </ol>
    </article>
  );
}

/** What Windows said, and what to do about it. */
function Failure({ entry: { code, meaning } }: { readonly entry: EntryDetail }) {
  const id = meaning ?? "failure-no-code";
  const facts = { code: code ?? "" };
  return (
    <div class="failure">
      <p class="what">
        {code && <span class="digits">{code} </span>}
        {t(id, facts)}
      </p>
      <p>
        <strong>{t("record-failed-next")}: </strong>
        {nextStep(id, facts)}
      </p>
    </div>
  );
}

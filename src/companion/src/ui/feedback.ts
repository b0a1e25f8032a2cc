// What a hand in a glove and an eye elsewhere notice: a tone and a buzz.

import { signal } from "@preact/signals";
import type { Tone } from "./state";

const TONES: Readonly<Record<Tone, readonly number[]>> = {
  good: [880, 1320],
  warn: [660, 660],
  bad: [330, 220],
  info: [990],
};
const BUZZ: Readonly<Record<Tone, number[]>> = {
  good: [60],
  warn: [60, 60, 60],
  bad: [200, 80, 200],
  info: [30],
};
const SECONDS = 0.09;

let audio: AudioContext | undefined;

/** Whether the page was touched: before that browsers keep it silent. */
export const touched = signal(navigator.userActivation?.hasBeenActive ?? false);

/** Browsers give sound only after a touch: call it on the first one. */
export function unlockSound(): void {
  touched.value = true;
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") void audio.resume().catch(() => undefined);
  } catch {
    // A page without sound works.
  }
}

/** Says by tone and buzz how it went. */
export function feel(tone: Tone): void {
  // Before any touch Chromium refuses to vibrate, and says so in its console.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZ[tone]);
  if (audio?.state !== "running") return;
  for (const [index, frequency] of TONES[tone].entries()) {
    const start = audio.currentTime + index * SECONDS;
    const oscillator = new OscillatorNode(audio, { frequency });
    const gain = new GainNode(audio, { gain: 0.15 });
    gain.gain.setTargetAtTime(0, start + SECONDS * 0.6, 0.015);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(start);
    oscillator.stop(start + SECONDS * 1.5);
  }
}

// A symbol, painted at whole pixels per module: black on pure white, with its
// quiet zone, as large as there is room for.

import { useEffect, useRef } from "preact/hooks";
import { core } from "./state";

/** Light modules around a symbol. */
const QUIET = 4;

/** The modules of a text, dark ones true; none where no symbol holds it. */
function modulesOf(text: string): readonly (readonly boolean[])[] {
  const made = core()?.call<{ side: number; dark: string }>("symbol", { text });
  if (!made?.ok) return [];
  const { side, dark } = made.value;
  return Array.from({ length: side }, (_, row) => Array.from({ length: side }, (_, column) => dark[row * side + column] === "1"));
}

interface Props {
  readonly text: string;
  readonly label: string;
}

/** Fills the width or height of its parent, whichever is less. */
export function Symbol({ text, label }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const box = frame.current;
    const target = canvas.current;
    if (!box || !target) return undefined;
    const modules = modulesOf(text);
    const draw = () => paint(target, modules, Math.min(box.clientWidth, box.clientHeight));
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(box);
    return () => observer.disconnect();
  }, [text]);
  return (
    <div class="symbol" ref={frame}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}

function paint(canvas: HTMLCanvasElement, modules: readonly (readonly boolean[])[], room: number): void {
  const ratio = window.devicePixelRatio || 1;
  const across = modules.length + 2 * QUIET;
  const side = Math.max(1, Math.floor((room * ratio) / across));
  const pixels = side * across;
  canvas.width = pixels;
  canvas.height = pixels;
  canvas.style.width = `${pixels / ratio}px`;
  canvas.style.height = `${pixels / ratio}px`;
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) return;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, pixels, pixels);
  context.fillStyle = "#000000";
  for (const [row, line] of modules.entries()) {
    for (const [column, dark] of line.entries()) {
      if (dark) context.fillRect((column + QUIET) * side, (row + QUIET) * side, side, side);
    }
  }
}

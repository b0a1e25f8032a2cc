// The live picture, what keeps it away, and the way without it.

import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { LiveCamera } from "../camera/live";
import { readStill } from "../camera/still";
import type { CameraTrouble } from "../camera/trouble";
import { t } from "../i18n";
import { touched } from "./feedback";
import { isOurs, lookAnew, pair, sawNumbers, say, seen, take } from "./intake";
import { Pair, PictureInput } from "./pieces";
import { useWakeLock } from "./wake";

type Condition = "starting" | "live" | CameraTrouble;
const condition = signal<Condition>("starting");

interface Props {
  readonly hint: string;
}

/** Camera and photographs; reads as long as it is on the page and the page is in sight. */
export function Viewfinder({ hint }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const camera = useRef<LiveCamera | undefined>(undefined);
  const [torch, setTorch] = useState<boolean | undefined>(undefined);
  useWakeLock(condition.value === "live");

  const start = () => {
    condition.value = "starting";
    setTorch(undefined);
    void camera.current?.start();
  };
  useEffect(() => {
    if (!video.current) return undefined;
    const live = new LiveCamera(video.current, {
      onText: (text) => {
        seen(text);
        return isOurs(text);
      },
      onNumber: (number) => void sawNumbers([number], "camera"),
      onTrouble: (trouble) => {
        condition.value = trouble;
      },
    });
    camera.current = live;
    lookAnew();
    start();
    // A page out of sight lets go of the camera: for other apps, and the battery.
    const onVisibility = () => {
      if (document.visibilityState === "hidden") live.stop();
      else if (condition.value === "live" || condition.value === "camera-ended") start();
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      live.stop();
    };
  }, []);

  const now = condition.value;
  const trouble = now !== "starting" && now !== "live" ? now : undefined;
  return (
    <section class="viewfinder" aria-label={t("camera-label")}>
      <div class={`picture ${now === "live" ? "is-live" : ""} ${trouble ? "is-away" : ""}`}>
        {/* muted and inline, or iOS plays it full screen */}
        <video
          ref={video}
          muted
          playsInline
          aria-hidden="true"
          onPlaying={() => {
            condition.value = "live";
            setTorch(camera.current?.hasTorch ? false : undefined);
          }}
        />
        {now === "starting" && <p class="over quiet">{t("camera-starting")}</p>}
        {trouble && (
          <div class="over" role="alert">
            <Pair id={trouble} />
            <button type="button" onClick={start}>
              {t("camera-retry")}
            </button>
          </div>
        )}
        {now === "live" && torch !== undefined && (
          <button
            type="button"
            class="torch"
            aria-pressed={torch}
            onClick={() => {
              void camera.current?.torch(!torch);
              setTorch(!torch);
            }}
          >
            {t(torch ? "camera-torch-off" : "camera-torch-on")}
          </button>
        )}
      </div>
      {!trouble && <p class="aim">{hint}</p>}
      {now === "live" && !touched.value && <p class="quiet sound">{t("sound-touch")}</p>}
      <PhotoButton prominent={trouble !== undefined} />
    </section>
  );
}

/** A still photograph. */
function PhotoButton({ prominent }: { readonly prominent: boolean }) {
  const read = async (file: File) => {
    const still = await readStill(file, isOurs);
    if (still.kind !== "read") return say({ tone: "warn", ...pair(`still-${still.kind}`) });
    for (const text of still.texts) await take(text, "photo");
    await sawNumbers(still.numbers, "photo");
  };
  return <PictureInput label={t("camera-photo")} prominent={prominent} camera onFile={read} />;
}

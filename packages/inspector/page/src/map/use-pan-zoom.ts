import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MapLayout, Point } from './lay-out.js';

/** Which part of the map is seen. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** How one moves about on the map. */
export interface PanZoom {
  readonly viewport: Viewport;
  readonly zoom: (factor: number, at?: Point) => void;
  readonly pan: (x: number, y: number) => void;
  /** Shows all of it. */
  readonly fit: () => void;
  /** Brings a place into sight, where it is not. */
  readonly reveal: (point: Point) => void;
}

const NEAREST = 3;
const FARTHEST = 0.05;
/** Text is readable down to here: what does not fit then is to be moved to. */
const FIT_AT_LEAST = 0.45;
const FIT_AT_MOST = 1.75;

/** Pans and zooms within a frame; the wheel is listened to here, since React's listeners may not stop the page's scrolling. */
export function usePanZoom(frame: React.RefObject<HTMLElement | null>, layout: MapLayout): PanZoom {
  const [viewport, setViewport] = useState<Viewport>({ x: 0, y: 0, scale: 1 });
  const hasMoved = useRef(false);
  const fit = useCallback(() => {
    hasMoved.current = false;
    const { clientWidth = 1, clientHeight = 1 } = frame.current ?? {};
    const fits = Math.min(clientWidth / Math.max(1, layout.width), clientHeight / Math.max(1, layout.height));
    const scale = Math.max(FIT_AT_LEAST, Math.min(FIT_AT_MOST, fits));
    const x = Math.max(0, (clientWidth - layout.width * scale) / 2);
    const y = Math.max(0, (clientHeight - layout.height * scale) / 2);
    setViewport({ x, y, scale });
  }, [frame, layout]);
  const zoom = useCallback(
    (factor: number, at?: Point) => {
      hasMoved.current = true;
      const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
      const { x, y } = at ?? { x: clientWidth / 2, y: clientHeight / 2 };
      setViewport((last) => {
        const scale = Math.min(NEAREST, Math.max(FARTHEST, last.scale * factor));
        const ratio = scale / last.scale;
        return { scale, x: x - (x - last.x) * ratio, y: y - (y - last.y) * ratio };
      });
    },
    [frame],
  );
  const pan = useCallback((x: number, y: number) => {
    hasMoved.current = true;
    setViewport((last) => ({ ...last, x: last.x + x, y: last.y + y }));
  }, []);
  const reveal = useCallback(
    ({ x, y }: Point) => {
      const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
      setViewport((last) => {
        const [left, top] = [last.x + x * last.scale, last.y + y * last.scale];
        const isSeen = left > 100 && left < clientWidth - 100 && top > 40 && top < clientHeight - 40;
        return isSeen ? last : { ...last, x: clientWidth / 2 - x * last.scale, y: clientHeight / 2 - y * last.scale };
      });
    },
    [frame],
  );
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const fitAgain = (): void => {
      if (!hasMoved.current) fit();
    };
    fitAgain();
    const observer = new ResizeObserver(fitAgain);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, fit]);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      if (event.shiftKey) {
        pan(-event.deltaY, 0);
        return;
      }
      zoom(Math.exp(-event.deltaY / 400), { x: event.clientX - left, y: event.clientY - top });
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [frame, pan, zoom]);
  return { viewport, zoom, pan, fit, reveal };
}

import type { ReactNode } from 'react';

/** Drawn for this page on a grid of 24, in lines of 1.75. */
const DRAWINGS = {
  phone: <path d="M7.5 3.8 9.6 8 7.8 9.8a12 12 0 0 0 6.4 6.4l1.8-1.8 4.2 2.1v2.8c0 .8-.7 1.4-1.5 1.3C10.8 19.8 4.2 13.2 3.4 5.3c-.1-.8.5-1.5 1.3-1.5z" />,
  down: <path d="M3.5 14.6c0-1.1.4-2 1.3-2.6a13 13 0 0 1 14.4 0c.9.6 1.3 1.5 1.3 2.6v1.2c0 .6-.5 1-1.1.9l-3.1-.6a1 1 0 0 1-.8-.9l-.1-1.7a10.5 10.5 0 0 0-6.8 0l-.1 1.7a1 1 0 0 1-.8.9l-3.1.6a.9.9 0 0 1-1.1-.9z" />,
  people: (
    <>
      <circle cx="9" cy="8.5" r="3.5" />
      <path d="M2.5 19.5c.6-3.5 3.2-5.5 6.5-5.5s5.9 2 6.5 5.5M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.5c1.9.9 3.1 2.6 3.5 5" />
    </>
  ),
  messages: <path d="M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5z" />,
  history: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  settings: (
    <>
      <path d="M4 7h9M19 7h1M4 17h1M11 17h9" />
      <circle cx="16" cy="7" r="2.5" />
      <circle cx="8" cy="17" r="2.5" />
    </>
  ),
  mic: (
    <>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
    </>
  ),
  micOff: <path d="M9 6a3 3 0 0 1 6 0v5M9 9.5V11a3 3 0 0 0 4.5 2.6M5.5 11.5a6.5 6.5 0 0 0 10.6 5M18.5 11.5c0 1-.2 1.9-.6 2.7M12 18v3M4 4l16 16" />,
  camera: (
    <>
      <rect x="3" y="6.5" width="12.5" height="11" rx="2.5" />
      <path d="m15.5 11 5-3v8l-5-3" />
    </>
  ),
  cameraOff: <path d="M9 6.5h4A2.5 2.5 0 0 1 15.5 9v2l5-3v8l-1.7-1M15.5 15v0a2.5 2.5 0 0 1-2.5 2.5H5.5A2.5 2.5 0 0 1 3 15V9a2.5 2.5 0 0 1 1.6-2.3M4 4l16 16" />,
  screen: (
    <>
      <rect x="3" y="4.5" width="18" height="12" rx="2.2" />
      <path d="M8.5 20h7M12 13.5v-6M9.5 9.8 12 7.3l2.5 2.5" />
    </>
  ),
  grid: (
    <>
      <rect x="3.5" y="5" width="7.5" height="6" rx="1.4" />
      <rect x="13" y="5" width="7.5" height="6" rx="1.4" />
      <rect x="3.5" y="13" width="7.5" height="6" rx="1.4" />
      <rect x="13" y="13" width="7.5" height="6" rx="1.4" />
    </>
  ),
  speaker: (
    <>
      <rect x="3.5" y="4.5" width="17" height="9.5" rx="1.8" />
      <path d="M4.5 17.5h3.6M10.2 17.5h3.6M15.9 17.5h3.6" />
    </>
  ),
  picture: (
    <>
      <rect x="3.5" y="5" width="17" height="14" rx="2.2" />
      <path d="m4.5 16.5 4.5-5 3.5 3.8 2.5-2.3 4.5 4.5" />
    </>
  ),
  expand: <path d="M14 4.5h5.5V10M10 19.5H4.5V14M19 5l-5.5 5.5M5 19l5.5-5.5" />,
  hold: <path d="M8.5 5.5v13M15.5 5.5v13" />,
  keys: <g className="dots">{[6, 12, 18].flatMap((y) => [6, 12, 18].map((x) => <circle key={`${x}-${y}`} cx={x} cy={y} r="1.5" />))}</g>,
  transfer: <path d="M4 17c.8-5.5 4-8.5 10-8.5M10.5 4.5l4 4-4 4M20 5v14" />,
  devices: (
    <>
      <path d="M4 14v-2a8 8 0 0 1 16 0v2" />
      <rect x="3.5" y="13.5" width="4" height="6.5" rx="1.5" />
      <rect x="16.5" y="13.5" width="4" height="6.5" rx="1.5" />
    </>
  ),
  quality: <path d="M4 18v-3M9.3 18v-6M14.6 18V9M20 18V5" />,
  add: <path d="M12 5v14M5 12h14" />,
  back: <path d="M14.5 5.5 8 12l6.5 6.5" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  erase: <path d="M8.5 5.5h10A2.5 2.5 0 0 1 21 8v8a2.5 2.5 0 0 1-2.5 2.5h-10L3 12zM11.5 9.5l5 5m0-5-5 5" />,
  edit: <path d="m5 19 1-4L16.5 4.5a1.8 1.8 0 0 1 2.6 0l.4.4a1.8 1.8 0 0 1 0 2.6L9 18z" />,
  remove: <path d="M5 7h14M10 7V5h4v2M7 7l.8 12h8.4L17 7" />,
  send: <path d="m4 12 16-7.5L15 20l-3.5-6.5zM11.5 13.5 20 4.5" />,
  incoming: <path d="M18 6 7 17M7 9v8h8" />,
  outgoing: <path d="M6 18 17 7M9 7h8v8" />,
  missed: <path d="m4 8 6.5 6.5L19 6M13 5.5h6.5V12" />,
  lock: (
    <>
      <rect x="5" y="11" width="14" height="9" rx="2.2" />
      <path d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3" />
    </>
  ),
  unlock: (
    <>
      <rect x="5" y="11" width="14" height="9" rx="2.2" />
      <path d="M8.5 11V8a3.5 3.5 0 0 1 6.6-1.6" />
    </>
  ),
  record: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <circle className="solid" cx="12" cy="12" r="4" />
    </>
  ),
  layout: (
    <>
      <rect x="3" y="4.5" width="18" height="15" rx="2.2" />
      <path d="M14 4.5v15M14 12h7" />
    </>
  ),
  play: <path d="M8 5.5v13l10.5-6.5z" />,
  save: <path d="M12 4v11M7.5 11 12 15.5l4.5-4.5M5 19.5h14" />,
  map: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <circle className="solid" cx="12" cy="12" r="1.6" />
      <circle className="solid" cx="8" cy="8" r="1.6" />
      <circle className="solid" cx="16.5" cy="9.5" r="1.6" />
    </>
  ),
  ear: <path d="M7 9.5a5 5 0 0 1 10 0c0 3.5-3.5 4.2-3.5 7.2a2.8 2.8 0 0 1-5.3 1.2M9.7 10a2.3 2.3 0 0 1 4.6 0c0 1.5-1.5 1.9-1.5 3.2" />,
  earOff: <path d="M7 9.5c0-.8.2-1.5.5-2.2M10 4.9a5 5 0 0 1 7 4.6c0 1.5-.6 2.5-1.4 3.4M13.5 16.7a2.8 2.8 0 0 1-5.3 1.2M4 4l16 16" />,
  star: <path className="solid" d="m12 4.5 2.2 4.7 5.1.6-3.8 3.5 1 5.1-4.5-2.6-4.5 2.6 1-5.1-3.8-3.5 5.1-.6z" />,
  more: (
    <g className="dots">
      <circle cx="5.5" cy="12" r="1.5" />
      <circle cx="12" cy="12" r="1.5" />
      <circle cx="18.5" cy="12" r="1.5" />
    </g>
  ),
  join: <path d="M4 7h4.5c4 0 3 10 7 10H20M20 7h-4.5c-4 0-3 10-7 10H4" />,
  search: (
    <>
      <circle cx="11" cy="11" r="6.5" />
      <path d="m16 16 4.5 4.5" />
    </>
  ),
  out: <path d="M14 4.5H7A2.5 2.5 0 0 0 4.5 7v10A2.5 2.5 0 0 0 7 19.5h7M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5" />,
} as const;

export type IconName = keyof typeof DRAWINGS;

/** Those that point to where one reads from or to. */
const TURNS: ReadonlySet<IconName> = new Set<IconName>(['back', 'send', 'out', 'transfer', 'erase', 'join', 'incoming', 'outgoing', 'missed', 'camera', 'cameraOff']);

/** A picture beside words that say the same. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" data-turns={TURNS.has(name)} viewBox="0 0 24 24" aria-hidden="true">
      {DRAWINGS[name]}
    </svg>
  );
}

/** The mark of the product. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect className="mark-ground" width="32" height="32" rx="9" />
      <g className="mark-bars">
        <rect x="7" y="13" width="3" height="6" rx="1.5" />
        <rect x="12" y="9" width="3" height="14" rx="1.5" />
        <rect x="17" y="6" width="3" height="20" rx="1.5" />
        <rect x="22" y="11" width="3" height="10" rx="1.5" />
      </g>
    </svg>
  );
}

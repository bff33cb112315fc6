import type { Canvas, Layout, Slot } from '@jverto/sdk';
import { type ReactNode, useState } from 'react';
import type { RoomModel, RoomState } from '../model/RoomModel.ts';
import { Icon } from './Icon.tsx';
import { Choice, Sheet } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

/** Of a drawing, each way; a canvas is as wide as a screen. */
const WIDTH = 64;
const HEIGHT = 36;
/** Between the places of a drawing. */
const GAP = 1;

/** How the room's pictures are arranged, for everybody; a moderator arranges them anew. */
export function LayoutChip({ room, state }: { readonly room: RoomModel; readonly state: RoomState }): ReactNode {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [canvas] = state.canvases;
  if (room.canvasCount === 0 || canvas === undefined) return null;
  const words = t('room.layoutIs', { name: named(canvas.layout ?? '–') });
  if (!state.moderator || state.layouts.length === 0) {
    return (
      <p className="layout-now">
        <Drawing slots={slotsOf(canvas)} used={canvas.used} />
        {words}
      </p>
    );
  }
  return (
    <>
      <button type="button" className="chip" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        <Icon name="layout" />
        <span>{words}</span>
      </button>
      {open ? <LayoutSheet room={room} state={state} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function LayoutSheet({ room, state, onClose }: { readonly room: RoomModel; readonly state: RoomState; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const [wanted, setWanted] = useState(0);
  const { canvases, layouts, layoutGroup } = state;
  const canvas = canvases.find(({ id }) => id === wanted) ?? canvases[0];
  const slots = new Map(layouts.map((layout) => [layout.name, layout.slots]));
  const groups = layouts.filter(({ isGroup }) => isGroup);
  const single = layouts.filter(({ isGroup }) => !isGroup);
  const choose = (layout: Layout): void => void room.setLayout(layout, canvas?.id);
  return (
    <Sheet title={t('room.layout')} onClose={onClose}>
      {canvases.length > 1 ? (
        <Choice
          label={t('room.canvas')}
          value={String(canvas?.id ?? 0)}
          options={canvases.map(({ id }) => [String(id), t('room.canvasNumber', { number: id + 1 })] as const)}
          onChange={(value) => setWanted(Number(value))}
        />
      ) : null}
      {groups.length === 0 ? null : (
        <section className="layouts-part">
          <h3>{t('room.layoutsByCount')}</h3>
          <p className="hint">{t('room.layoutsByCountHelp')}</p>
          <ul className="layouts">
            {groups.map((group) => (
              <One
                key={group.name}
                name={group.name.replace(/^group:/, '')}
                slots={group.members.map((name) => slots.get(name) ?? []).find((places) => places.length > 1) ?? []}
                chosen={group.name === layoutGroup}
                onChoose={() => choose(group)}
              />
            ))}
          </ul>
        </section>
      )}
      <section className="layouts-part">
        <h3>{t('room.layoutsFixed')}</h3>
        <ul className="layouts">
          {single.map((layout) => (
            <One key={layout.name} name={layout.name} slots={layout.slots} chosen={layoutGroup === undefined && layout.name === canvas?.layout} onChoose={() => choose(layout)} />
          ))}
        </ul>
      </section>
    </Sheet>
  );
}

function One({ name, slots, chosen, onChoose }: { readonly name: string; readonly slots: readonly Slot[]; readonly chosen: boolean; readonly onChoose: () => void }): ReactNode {
  return (
    <li>
      <button type="button" className="layout-choice" aria-pressed={chosen} onClick={onChoose}>
        <Drawing slots={slots} used={0} />
        <span>{named(name)}</span>
      </button>
    </li>
  );
}

/** The places of a canvas, the taken ones filled. */
function Drawing({ slots, used }: { readonly slots: readonly Slot[]; readonly used: number }): ReactNode {
  return (
    <svg className="layout-drawing" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <rect className="ground" width={WIDTH} height={HEIGHT} rx="3" />
      {slots.map(({ x, y, width, height }, at) => (
        <rect
          key={at}
          className="place"
          data-taken={at < used}
          x={x * WIDTH + GAP}
          y={y * HEIGHT + GAP}
          width={Math.max(width * WIDTH - 2 * GAP, 1)}
          height={Math.max(height * HEIGHT - 2 * GAP, 1)}
          rx="1"
        />
      ))}
    </svg>
  );
}

/** So that long names break where a word ends. */
const named = (name: string): string => name.replaceAll('_', ' ');

const slotsOf = (canvas: Canvas): readonly Slot[] => canvas.places.map(({ slot }) => slot);

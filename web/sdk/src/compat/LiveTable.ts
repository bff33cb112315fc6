import type { ClassicVerto } from './ClassicVerto.ts';
import { LiveArray, type LiveChange, type LiveConfig } from './LiveArray.ts';

export interface LiveTableConfig extends LiveConfig {
  /** Titles of the columns, as the classic client's table had them. */
  readonly aoColumns?: readonly { readonly sTitle?: string }[];
  /** May fill the last cell of a row. */
  readonly rowCallback?: (row: HTMLTableRowElement, data: readonly unknown[]) => void;
}

/** An element, what jQuery found, or how to find it. */
export type Where = string | Element | { readonly 0?: Element } | null | undefined;

/** A list drawn as a plain table (`$.verto.liveTable`, which needed jQuery's DataTables). Cells are text, whatever stands in them. */
export class LiveTable extends LiveArray {
  private readonly body: HTMLTableSectionElement | undefined;

  constructor(verto: ClassicVerto, context: string, name: string, where: Where, private readonly config: LiveTableConfig = {}) {
    super(verto, context, name, { ...config, onChange: () => undefined });
    const table = elementAt(where);
    if (table !== undefined) {
      const titles = config.aoColumns?.map(({ sTitle }) => sTitle ?? '') ?? [];
      const head = document.createElement('thead');
      head.append(rowOf(titles, 'th'));
      this.body = document.createElement('tbody');
      table.replaceChildren(...(titles.length === 0 ? [] : [head]), this.body);
    }
    this.onChange = (array, change) => this.draw(array, change);
  }

  private draw(array: LiveArray, change: LiveChange): void {
    const width = this.config.aoColumns?.length ?? 5;
    this.body?.replaceChildren(...this.asArray().filter(Array.isArray).map((row: unknown[]) => {
      const drawn = rowOf(cellsOf(row, width), 'td');
      this.config.rowCallback?.(drawn, row);
      return drawn;
    }));
    this.config.onChange?.(array, change);
  }
}

export function elementAt(where: Where): Element | undefined {
  if (typeof where === 'string') return document.querySelector(where) ?? undefined;
  if (where instanceof Element) return where;
  return where?.[0];
}

/** A status that is JSON is shown in its old words. */
function cellsOf(row: readonly unknown[], width: number): string[] {
  return Array.from({ length: width }, (_, at) => {
    const value = row[at];
    if (at === 4 && typeof value === 'string' && value.startsWith('{')) return oldStatus(value);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
}

function oldStatus(json: string): string {
  try {
    return String((JSON.parse(json) as { oldStatus?: unknown }).oldStatus ?? '');
  } catch {
    return '';
  }
}

function rowOf(texts: readonly string[], tag: 'th' | 'td'): HTMLTableRowElement {
  const row = document.createElement('tr');
  for (const text of texts) {
    const cell = document.createElement(tag);
    cell.textContent = text;
    row.append(cell);
  }
  return row;
}

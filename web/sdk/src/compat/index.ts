// The classic client's names. A page that loaded it by a script tag loads this file instead; `import` gives the parts besides.
import { install } from './install.ts';

export { ClassicConference, ClassicConferenceManager } from './ClassicConference.ts';
export { ClassicDialog } from './ClassicDialog.ts';
export { ClassicVerto } from './ClassicVerto.ts';
export { classicEnum } from './enums.ts';
export { classic, install } from './install.ts';
export { LiveArray } from './LiveArray.ts';
export { LiveTable } from './LiveTable.ts';

if (typeof window !== 'undefined') install();

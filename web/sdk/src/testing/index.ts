export { FakeBrowser } from './FakeBrowser.ts';

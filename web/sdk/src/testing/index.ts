export { FakeBrowser, type FakeDevice, FakePeer, FakePlayer, FakeSocket, FakeStream, FakeTrack, settle } from './FakeBrowser.ts';

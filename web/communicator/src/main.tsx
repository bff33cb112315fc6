import { createRoot } from 'react-dom/client';
import './style/base.css';
import './style/app.css';
import './style/call.css';
import './style/room.css';
import './style/pictures.css';
import './style/gallery.css';
import './style/panels.css';
import { pageConfig } from './model/config.ts';
import { Phone } from './model/Phone.ts';
import { Settings } from './model/Settings.ts';
import { App } from './view/App.tsx';
import { WordsProvider } from './view/WordsProvider.tsx';
import { followUpdates } from './worker.ts';

const settings = new Settings();
const phone = new Phone(settings, await pageConfig());
const root = document.getElementById('root');
if (root === null) throw new Error('the page lacks #root');
createRoot(root).render(
  <WordsProvider settings={settings} onWords={(words) => (phone.alerts.words = words)}>
    <App phone={phone} />
  </WordsProvider>,
);
phone.start();
followUpdates();

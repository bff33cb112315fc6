import { type ReactNode, useEffect, useState } from 'react';
import type { Phone } from '../model/Phone.ts';
import type { Theme } from '../model/Settings.ts';
import { useStore } from '../model/Store.ts';
import { LANGUAGES } from '../words/words.ts';
import { CameraSettings } from './CameraSettings.tsx';
import { ConnectionTest } from './ConnectionTest.tsx';
import { DeviceChoices } from './DeviceChoices.tsx';
import { Choice, Switch } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

export function SettingsPanel({ phone }: { readonly phone: Phone }): ReactNode {
  const { t } = useWords();
  const { settings } = phone;
  const { theme, language, stereo, echo, noise, gain } = useStore(settings);
  return (
    <div className="panel-body">
      <header className="panel-top">
        <h2>{t('settings.title')}</h2>
      </header>
      <section className="group" aria-label={t('settings.devices')}>
        <h3>{t('settings.devices')}</h3>
        <DeviceChoices phone={phone} />
      </section>
      <section className="group" aria-label={t('settings.sound')}>
        <h3>{t('settings.sound')}</h3>
        <Switch name={t('settings.stereo')} help={t('settings.stereoHelp')} on={stereo} onChange={(on) => settings.change({ stereo: on })} />
        <Switch name={t('settings.echo')} help={t('settings.echoHelp')} on={echo} onChange={(on) => settings.change({ echo: on })} />
        <Switch name={t('settings.noise')} help={t('settings.noiseHelp')} on={noise} onChange={(on) => settings.change({ noise: on })} />
        <Switch name={t('settings.gain')} help={t('settings.gainHelp')} on={gain} onChange={(on) => settings.change({ gain: on })} />
        <p className="hint">{t('settings.nextCall')}</p>
      </section>
      <CameraSettings phone={phone} />
      <ConnectionTest phone={phone} />
      <section className="group" aria-label={t('settings.look')}>
        <h3>{t('settings.look')}</h3>
        <Choice
          label={t('settings.language')}
          value={language}
          options={[['', t('settings.languageSystem')], ...Object.entries(LANGUAGES)]}
          onChange={(tag) => settings.change({ language: tag })}
        />
        <Choice
          label={t('settings.theme')}
          value={theme}
          options={[
            ['system', t('settings.themeSystem')],
            ['light', t('settings.themeLight')],
            ['dark', t('settings.themeDark')],
          ]}
          onChange={(one) => settings.change({ theme: one as Theme })}
        />
      </section>
      <Notifications phone={phone} />
      <Install />
    </div>
  );
}

function Notifications({ phone }: { readonly phone: Phone }): ReactNode {
  const { t } = useWords();
  const { notifications } = useStore(phone.settings);
  const [permission, setPermission] = useState(phone.alerts.permission);
  useEffect(() => phone.alerts.watch(setPermission), [phone]);
  return (
    <section className="group" aria-label={t('settings.notify')}>
      <h3>{t('settings.notify')}</h3>
      {permission === 'granted' ? (
        <Switch name={t('settings.notify')} help={t('settings.notifyHelp')} on={notifications} onChange={(on) => phone.settings.change({ notifications: on })} />
      ) : (
        <>
          <p className="hint">{t(permission === 'denied' ? 'settings.notifyBlocked' : 'settings.notifyHelp')}</p>
          {permission === 'default' ? (
            <button type="button" className="secondary" onClick={() => void phone.alerts.ask().then(setPermission)}>
              {t('settings.notifyAllow')}
            </button>
          ) : null}
        </>
      )}
    </section>
  );
}

/** What a browser offers to pages that can be installed. */
type InstallOffer = Event & { readonly prompt: () => Promise<unknown> };

let offer: InstallOffer | undefined;
window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  offer = event as InstallOffer;
});

function Install(): ReactNode {
  const { t } = useWords();
  const [there, setThere] = useState(offer !== undefined);
  useEffect(() => {
    const look = (): void => setThere(offer !== undefined);
    window.addEventListener('beforeinstallprompt', look);
    return () => window.removeEventListener('beforeinstallprompt', look);
  }, []);
  if (!there) return null;
  return (
    <section className="group" aria-label={t('settings.about')}>
      <button
        type="button"
        className="secondary"
        onClick={() => {
          void offer?.prompt();
          offer = undefined;
          setThere(false);
        }}
      >
        {t('settings.install')}
      </button>
    </section>
  );
}

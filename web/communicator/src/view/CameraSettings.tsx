import { type ReactNode, useEffect, useState } from 'react';
import type { Phone } from '../model/Phone.ts';
import { type Resolution, RESOLUTIONS } from '../model/Settings.ts';
import { useStore } from '../model/Store.ts';
import { explainError } from '../words/phrases.ts';
import type { Phrase } from '../words/words.ts';
import { Icon } from './Icon.tsx';
import { Choice, Switch, Trouble } from './parts.tsx';
import { Picture } from './Pictures.tsx';
import { useWords } from './WordsProvider.tsx';

/** How large one is shown, and what that looks like. */
export function CameraSettings({ phone }: { readonly phone: Phone }): ReactNode {
  const { t, say } = useWords();
  const { settings, browser } = phone;
  const { camera, resolution, mirror } = useStore(settings);
  const [wanted, setWanted] = useState(false);
  const [stream, setStream] = useState<MediaStream>();
  const [trouble, setTrouble] = useState<Phrase>();

  useEffect(() => {
    if (!wanted) return undefined;
    let over = false;
    let opened: MediaStream | undefined;
    const stop = (): void => opened?.getTracks().forEach((track) => track.stop());
    browser.camera(settings.camera()).then(
      (next) => {
        opened = next;
        if (over) stop();
        else setStream(next);
        // Now the browser tells their names.
        void phone.devices.refresh();
      },
      (error: unknown) => {
        setTrouble(explainError(error));
        setWanted(false);
      },
    );
    return () => {
      over = true;
      stop();
      setStream(undefined);
    };
  }, [wanted, camera, resolution, browser, settings, phone]);

  return (
    <section className="group" aria-label={t('settings.video')}>
      <h3>{t('settings.video')}</h3>
      <Choice
        label={t('settings.resolution')}
        value={resolution}
        options={RESOLUTIONS.map((lines) => [lines, `${lines}p`] as const)}
        onChange={(lines) => void phone.useCamera({ resolution: lines as Resolution })}
      />
      <Switch name={t('settings.mirror')} help={t('settings.mirrorHelp')} on={mirror} onChange={(on) => settings.change({ mirror: on })} />
      {stream === undefined ? null : <Picture stream={stream} label={t('call.ownPicture')} kind="preview" mirrored={mirror} />}
      <Trouble>{trouble === undefined ? undefined : say(trouble)}</Trouble>
      <button
        type="button"
        className="secondary"
        onClick={() => {
          setTrouble(undefined);
          setWanted(!wanted);
        }}
      >
        <Icon name={wanted ? 'cameraOff' : 'camera'} />
        {t(wanted ? 'settings.previewStop' : 'settings.preview')}
      </button>
    </section>
  );
}

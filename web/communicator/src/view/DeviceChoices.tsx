import type { ReactNode } from 'react';
import type { Device } from '../model/Devices.ts';
import type { Phone } from '../model/Phone.ts';
import { testSound } from '../model/Ringer.ts';
import { useStore } from '../model/Store.ts';
import { Choice } from './parts.tsx';
import { useWords, type Words } from './WordsProvider.tsx';

/** Microphone, camera, loudspeaker and bell; a change counts at once, in calls that there are as well. */
export function DeviceChoices({ phone }: { readonly phone: Phone }): ReactNode {
  const words = useWords();
  const { t } = words;
  const { microphones, speakers, cameras, choosesSpeaker } = useStore(phone.devices);
  const { microphone, speaker, ringer, camera } = useStore(phone.settings);
  return (
    <div className="devices">
      <Choice label={t('devices.microphone')} value={known(microphones, microphone)} options={optionsOf(microphones, words)} onChange={(id) => void phone.useMicrophone(id)} />
      {cameras.length === 0 ? null : (
        <Choice label={t('devices.camera')} value={known(cameras, camera)} options={optionsOf(cameras, words)} onChange={(id) => void phone.useCamera({ camera: id })} />
      )}
      {choosesSpeaker ? (
        <>
          <Choice label={t('devices.speaker')} value={known(speakers, speaker)} options={optionsOf(speakers, words)} onChange={(id) => phone.settings.change({ speaker: id })} />
          <Choice label={t('devices.ringer')} value={known(speakers, ringer)} options={optionsOf(speakers, words)} onChange={(id) => phone.settings.change({ ringer: id })} />
        </>
      ) : null}
      <button type="button" className="secondary" onClick={() => testSound(speaker)}>
        {t('devices.test')}
      </button>
    </div>
  );
}

/** What is chosen, if it is plugged in. */
const known = (devices: readonly Device[], id: string): string => (devices.some((device) => device.id === id) ? id : '');

function optionsOf(devices: readonly Device[], { t }: Words): (readonly [string, string])[] {
  const rows = devices.map(({ id, label }, at) => [id, label === '' ? t('devices.unnamed', { number: at + 1 }) : label] as const);
  return [['', t('devices.default')], ...rows];
}

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { LiveCall, LiveCallState } from '../model/LiveCall.ts';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { duration } from '../words/format.ts';
import { stateOf } from '../words/phrases.ts';
import { DeviceChoices } from './DeviceChoices.tsx';
import { Icon } from './Icon.tsx';
import { Pad } from './Pad.tsx';
import { Pictures } from './Pictures.tsx';
import { Avatar, IconButton, RoundButton, Sheet, Trouble, useTick } from './parts.tsx';
import { QualityPlot } from './QualityPlot.tsx';
import { RoomPictures } from './RoomPictures.tsx';
import { RoomScreen } from './RoomScreen.tsx';
import { SoundLine } from './SoundLine.tsx';
import { VoiceMeter } from './VoiceMeter.tsx';
import { useWords } from './WordsProvider.tsx';

interface Props {
  readonly phone: Phone;
  readonly live: LiveCall;
  readonly onBack: () => void;
  readonly onAddCall: () => void;
}

/** Telephones do not let pages show their screen. */
const canShare = 'getDisplayMedia' in ((navigator as { mediaDevices?: MediaDevices }).mediaDevices ?? {});

type Drawer = 'keys' | 'transfer' | 'quality' | undefined;

export function CallScreen({ phone, live, onBack, onAddCall }: Props): ReactNode {
  const { t, say } = useWords();
  const state = useStore(live);
  const [drawer, setDrawer] = useState<Drawer>();
  const [devices, setDevices] = useState(false);
  const [more, setMore] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const ringing = live.incoming && state.state === 'ringing';
  const active = state.state === 'active';
  const { room } = state;
  const seen = !ringing && (state.picture !== undefined || state.own !== undefined || state.gallery);
  const stage = ringing ? 'incoming' : active ? 'active' : 'waiting';

  useEffect(() => first.current?.focus(), []);
  useEffect(() => {
    if (!active) setDrawer(undefined);
  }, [active]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setDrawer(undefined);
      const target = event.target as HTMLElement | null;
      const typing = target?.closest('input:not([type=checkbox]), textarea, select') !== null;
      if (typing || event.ctrlKey || event.metaKey || event.altKey || ringing || !/^[0-9*#]$/.test(event.key)) return;
      event.preventDefault();
      live.press(event.key);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [live, ringing]);

  const toggle = (wanted: Drawer): void => setDrawer(drawer === wanted ? undefined : wanted);
  const { trouble } = state;
  return (
    <div className="talk" data-call={stage} data-room={room !== undefined} data-video={seen} data-held={state.held}>
      <header className="talk-top">
        <span className="only-narrow">
          <IconButton icon="back" name={t('nav.phone')} onClick={onBack} />
        </span>
        {active ? <VoiceMeter level={live.voiceLoudness} label={t('call.yourLoudness')} /> : null}
        {active ? <QualityButton state={state} pressed={drawer === 'quality'} onPress={() => toggle('quality')} /> : null}
      </header>
      <Who phone={phone} live={live} state={state} />
      <Trouble>{trouble === undefined ? undefined : say(trouble)}</Trouble>
      {drawer === 'quality' ? <QualityPlot state={state} /> : null}
      {drawer === 'keys' ? (
        <section className="drawer" aria-label={t('call.keys')}>
          <Pad onPress={(digit) => live.press(digit)} />
        </section>
      ) : null}
      {drawer === 'transfer' ? <Transfer phone={phone} live={live} onDone={() => setDrawer(undefined)} /> : null}
      {live.consultFor !== undefined ? <Consult phone={phone} live={live} waiting={live.consultFor} /> : null}
      {seen ? room !== undefined && active && room.hasGallery ? <RoomPictures phone={phone} room={room} state={state} /> : <Pictures phone={phone} state={state} /> : null}
      {room !== undefined && active ? <RoomScreen phone={phone} room={room} pictured={seen} /> : null}
      {room === undefined && drawer === undefined && !ringing && !seen ? <SoundLine level={live.loudness} label={t('call.loudness')} /> : null}
      <p className="talk-digits" aria-live="polite">
        {state.digits === '' ? '' : t('call.pressed', { digits: state.digits })}
      </p>
      <div className="actions">
        {ringing ? (
          <>
            <RoundButton ref={first} icon="phone" kind="accept" text={t('call.answer')} onClick={() => void phone.answer(live)} />
            {live.call.offersPicture ? <RoundButton icon="camera" kind="accept" text={t('call.answerVideo')} onClick={() => void phone.answer(live, true)} /> : null}
            <RoundButton icon="down" kind="end" text={t('call.decline')} onClick={() => void live.hangUp()} />
          </>
        ) : (
          <>
            <RoundButton icon={state.muted ? 'micOff' : 'mic'} text={t('call.mute')} aria-pressed={state.muted} onClick={() => live.setMuted(!state.muted)} />
            {active ? (
              <>
                <RoundButton icon={state.camera ? 'camera' : 'cameraOff'} text={t('call.camera')} aria-pressed={state.camera} onClick={() => void live.setCamera(!state.camera)} />
                {canShare ? (
                  <RoundButton icon="screen" text={t('call.share')} aria-pressed={state.sharing} onClick={() => void phone.setSharing(live, !state.sharing)} />
                ) : null}
                {/* The picture has the place that they need. */}
                {seen ? <RoundButton icon="more" text={t('call.more')} aria-expanded={more} aria-pressed={more} onClick={() => setMore(!more)} /> : null}
              </>
            ) : null}
            {active && (!seen || more) ? (
              <>
                <RoundButton icon="hold" text={t('call.hold')} aria-pressed={state.held} onClick={() => void live.hold(!state.held)} />
                <RoundButton icon="keys" text={t('call.keys')} aria-pressed={drawer === 'keys'} onClick={() => toggle('keys')} />
                {room === undefined ? (
                  <RoundButton icon="transfer" text={t('call.transfer')} aria-pressed={drawer === 'transfer'} onClick={() => toggle('transfer')} />
                ) : null}
                <RoundButton icon="add" text={t('call.add')} onClick={onAddCall} />
              </>
            ) : null}
            {!active || !seen || more ? <RoundButton icon="devices" text={t('call.devices')} aria-haspopup="dialog" onClick={() => setDevices(true)} /> : null}
            <RoundButton
              ref={first}
              icon="down"
              kind="end"
              text={t(active ? (room === undefined ? 'call.hangUp' : 'call.leave') : 'call.cancel')}
              onClick={() => void live.hangUp()}
            />
          </>
        )}
      </div>
      {devices ? (
        <Sheet title={t('call.devices')} onClose={() => setDevices(false)}>
          <DeviceChoices phone={phone} />
        </Sheet>
      ) : null}
    </div>
  );
}

function Who({ phone, live, state }: { readonly phone: Phone; readonly live: LiveCall; readonly state: LiveCallState }): ReactNode {
  const { t, say } = useWords();
  const { party, held, room } = state;
  useTick(250, state.state === 'active');
  const { people } = useStore(phone.people);
  const written = people.find((person) => person.number === party.number)?.name;
  const name = phone.people.called(party);
  const { seconds } = live;
  const ringsWithVideo = live.incoming && state.state === 'ringing' && live.call.offersPicture;
  return (
    <div className="who">
      <Avatar name={room === undefined ? (written ?? party.name) : ''} number={room === undefined ? party.number : room.name} />
      <div className="who-words">
        <h1>{room === undefined ? name : t('room.name', { name: room.name })}</h1>
        {name === party.number || room !== undefined ? null : <p className="talk-number">{party.number}</p>}
        <p className="talk-state">
          <span role="status">{held ? t('call.onHold') : ringsWithVideo ? t('call.videoIncoming') : say(stateOf(state.state, live.call.direction))}</span>
          {seconds === undefined ? null : (
            <span role="timer" aria-label={t('call.time')} className="time">
              {duration(seconds)}
            </span>
          )}
        </p>
      </div>
    </div>
  );
}

function QualityButton({ state, pressed, onPress }: { readonly state: LiveCallState; readonly pressed: boolean; readonly onPress: () => void }): ReactNode {
  const { t } = useWords();
  const { quality } = state;
  const words = t(quality === undefined ? 'quality.unknown' : `quality.${quality.grade}`);
  return (
    <button type="button" className="chip" data-grade={quality?.grade} aria-pressed={pressed} aria-label={t('quality.is', { grade: words })} onClick={onPress}>
      <Icon name="quality" />
      <span>{words}</span>
    </button>
  );
}

function Transfer({ phone, live, onDone }: { readonly phone: Phone; readonly live: LiveCall; readonly onDone: () => void }): ReactNode {
  const { t } = useWords();
  const [number, setNumber] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const wanted = number.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted === '') return;
    onDone();
    void live.transfer(wanted);
  };
  return (
    <form className="drawer transfer" onSubmit={submit}>
      <label className="field">
        <span>{t('transfer.to')}</span>
        <input
          ref={field}
          type="text"
          inputMode="tel"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          list="transfer-people"
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
      </label>
      <datalist id="transfer-people">
        {phone.people.get().people.map((person) => (
          <option key={person.number} value={person.number}>
            {person.name}
          </option>
        ))}
      </datalist>
      <div className="pair">
        <button className="primary" type="submit" disabled={wanted === ''}>
          {t('transfer.now')}
        </button>
        <button
          className="secondary"
          type="button"
          disabled={wanted === ''}
          onClick={() => {
            onDone();
            void phone.dial(wanted, { consultFor: live });
          }}
        >
          {t('transfer.ask')}
        </button>
      </div>
      <p className="hint">{t('transfer.help')}</p>
    </form>
  );
}

/** While the third one is asked. */
function Consult({ phone, live, waiting }: { readonly phone: Phone; readonly live: LiveCall; readonly waiting: LiveCall }): ReactNode {
  const { t } = useWords();
  const { state, party } = useStore(waiting);
  useStore(live);
  if (state === 'ended') return null;
  return (
    <div className="consult">
      <p>{t('transfer.with', { who: phone.people.called(party), other: phone.people.called(live.call.party) })}</p>
      <button type="button" className="primary" onClick={() => void phone.connect(live)}>
        <Icon name="join" />
        {t('transfer.complete')}
      </button>
    </div>
  );
}

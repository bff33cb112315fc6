package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.ComfortNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mix of one room: each port hears all others. Ports that say nothing hear the same and share one encoder for each
/// [EncodeKey]; who speaks has his own. Cost: talkers + distinct mixes (design.md section 5). Always 48 kHz inside.
/// Owner: MIXER_TICK; sans-IO; a bug in one port ends that port.
@OwnedBy(Role.MIXER_TICK)
public final class AudioMixer {
    /// Ports whose memory is fetched at a time.
    private static final int PRELOADED = 16;
    private static final Logger log = LoggerFactory.getLogger(AudioMixer.class);

    private final int bandwidthHz;
    private final int channels;
    private final int gateLevel;
    private final AudioCounters counters;
    private final List<AudioPort> ports = new ArrayList<>();
    private final List<EncodeGroup> groups = new ArrayList<>();
    private final List<RoomTap> roomTaps = new ArrayList<>();
    private final List<MixSource> sources = new ArrayList<>();
    private final MixSum placed;
    private final MixSum flat;
    private final int[] nothing;
    private final ComfortNoise noise;
    private int contributors;
    /// Nobody needs it, but what it is made of has to be read.
    private int preloaded;
    /// Somebody has a place, and somebody listens in mono.
    private boolean flatToo;

    /// @param bandwidthHz sampling rate of what the room sends at most
    /// @param channels 1 or 2
    /// @param gateLevel mean magnitude over which a port is mixed
    public AudioMixer(int bandwidthHz, int channels, int gateLevel, AudioCounters counters) {
        this(bandwidthHz, channels, gateLevel, 0, counters);
    }

    /// @param bandwidthHz sampling rate of what the room sends at most
    /// @param channels 1 or 2
    /// @param gateLevel mean magnitude over which a port is mixed
    /// @param noise root mean square of the noise that is heard when there is nothing else; 0 for none
    public AudioMixer(int bandwidthHz, int channels, int gateLevel, int noise, AudioCounters counters) {
        this.bandwidthHz = bandwidthHz;
        this.channels = channels;
        this.gateLevel = gateLevel;
        this.counters = counters;
        this.placed = new MixSum(channels, false);
        this.flat = channels == 1 ? placed : new MixSum(1, true);
        this.nothing = new int[Frame.SAMPLES * channels];
        this.noise = new ComfortNoise(noise, Frame.SAMPLES);
    }

    /// Joins a channel.
    public void add(PortSetup setup, PortControl control) {
        ports.add(new AudioPort(setup, control, bandwidthHz, channels, gateLevel, counters));
    }

    /// Records the whole mix, or what one port says, from now on.
    public void tap(RoomTap tap) {
        roomTaps.add(tap);
    }

    /// Plays a sound to all or to one.
    public void play(MixSource source) {
        sources.add(source);
    }

    /// Moves the room on by 20 ms.
    ///
    /// @param wakes collects whom to tell that there is something to send
    public void tick(long nowNanos, Wakes wakes) {
        long tick = Math.floorDiv(nowNanos, Frame.NANOS);
        placed.clear();
        flatToo = channels == 2 && isAnyPlaced() && isAnyMono();
        if (flatToo) {
            flat.clear();
        }
        contributors = 0;
        for (int i = ports.size() - 1; i >= 0; i--) {
            if (i % PRELOADED == PRELOADED - 1) {
                preload(i, AudioPort::preloadReceive);
            }
            receive(i, nowNanos);
        }
        for (int i = sources.size() - 1; i >= 0; i--) {
            tick(i, sources.get(i));
        }
        for (int i = roomTaps.size() - 1; i >= 0; i--) {
            RoomTap tap = roomTaps.get(i);
            if (!(tap.isOfOne() ? tap.tick(ports) : tap.tick(placed.all()))) {
                roomTaps.remove(i).close(PortListener.End.DETACHED);
            }
        }
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).clear();
        }
        for (int i = ports.size() - 1; i >= 0; i--) {
            listen(i, tick);
        }
        for (int i = 0; i < groups.size(); i++) {
            encode(groups.get(i), tick);
        }
        for (int i = ports.size() - 1; i >= 0; i--) {
            if (i % PRELOADED == PRELOADED - 1) {
                preload(i, AudioPort::preloadSend);
            }
            send(i, tick, nowNanos, wakes);
        }
    }

    /// Of that port and those whose turn comes after it. One port's memory is fetched step by step, since each object says where the next one is; that
    /// of several, asked for one after the other, at the same time.
    private void preload(int last, ToIntFunction<AudioPort> what) {
        for (int i = last; i > last - PRELOADED; i--) {
            preloaded += what.applyAsInt(ports.get(i));
        }
    }

    public boolean isEmpty() {
        return ports.isEmpty() && sources.isEmpty() && roomTaps.isEmpty();
    }

    /// Detaches all ports, and ends what plays and what is recorded.
    public void close() {
        sources.forEach(source -> source.close(PortListener.End.DETACHED));
        sources.clear();
        roomTaps.forEach(tap -> tap.close(PortListener.End.DETACHED));
        roomTaps.clear();
        for (int i = ports.size() - 1; i >= 0; i--) {
            remove(i, PortListener.End.DETACHED);
        }
    }

    private void receive(int index, long nowNanos) {
        AudioPort port = ports.get(index);
        try {
            if (port.control().detached()) {
                remove(index, PortListener.End.DETACHED);
            } else if (port.receive(nowNanos, flatToo)) {
                add(port.contribution());
            }
        } catch (RuntimeException bug) {
            fail(index, port, bug);
        }
    }

    private void tick(int index, MixSource source) {
        try {
            if (!source.tick(flatToo)) {
                sources.remove(index);
            } else if (source.contribution().given() && source.isForAll()) {
                add(source.contribution());
            }
        } catch (RuntimeException bug) {
            log.error("a sound in a room ended by a bug", bug);
            counters.audio().increment(AudioCount.PORTS_FAILED);
            sources.remove(index);
            source.close(PortListener.End.FAILED);
        }
    }

    private void add(Contribution what) {
        placed.add(what);
        if (flatToo) {
            flat.add(what);
        }
        contributors++;
    }

    private boolean isAnyPlaced() {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).control().position().isPresent()) {
                return true;
            }
        }
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).placed()) {
                return true;
            }
        }
        return false;
    }

    private boolean isAnyMono() {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).sending() && ports.get(i).key().channels() == 1) {
                return true;
            }
        }
        return false;
    }

    private MixSum sumFor(EncodeKey listener) {
        return flatToo && listener.channels() == 1 ? flat : placed;
    }

    /// Encodes what all who only listen hear.
    private void encode(EncodeGroup group, long tick) {
        if (contributors == 0 && noise.wanted() && group.hasListeners()) {
            group.encode(noise.frame(tick), false, tick);
        } else {
            group.encode(sumFor(group.key()).all(), contributors == 0, tick);
        }
    }

    /// Settles what a port hears; a speaker's own mix is encoded here.
    private void listen(int index, long tick) {
        AudioPort port = ports.get(index);
        try {
            EncodeGroup group = groupOf(port);
            if (port.inserted()) {
                port.encodeInserted(heardBy(port, tick), tick);
                return;
            }
            if (!port.sending()) {
                return;
            }
            MixSum sum = sumFor(port.key());
            if (isApart(port)) {
                boolean alone = mixApart(port) == 0;
                encodeOwn(port, sum.apart(), alone, tick);
            } else if (port.control().deaf()) {
                port.hear(group.listenToSilence());
            } else if (port.speaking()) {
                boolean alone = contributors == (port.contributing() ? 1 : 0);
                encodeOwn(port, port.contributing() ? sum.allBut(port.contribution()) : sum.all(), alone, tick);
            } else {
                port.hear(group.listenToMix());
            }
        } catch (RuntimeException bug) {
            fail(index, port, bug);
        }
    }

    /// @param alone nobody is heard
    private void encodeOwn(AudioPort port, int[] sum, boolean alone, long tick) {
        boolean noisy = alone && noise.wanted();
        port.encodeOwn(noisy ? noise.frame(tick) : sum, alone && !noisy, tick);
    }

    private int[] heardBy(AudioPort port, long tick) {
        if (!port.sending()) {
            return nothing;
        }
        boolean alone = mixApart(port) == 0;
        return alone && noise.wanted() && !port.control().deaf() ? noise.frame(tick) : sumFor(port.key()).apart();
    }

    /// Whether a port hears what nobody else does, because something plays to it or because it does not hear everybody.
    private boolean isApart(AudioPort port) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).isFor(port.name())) {
                return true;
            }
        }
        if (port.control().unheard().isEmpty() || port.control().deaf()) {
            return false;
        }
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).contributing() && port.control().unheard().contains(ports.get(i).name())) {
                return true;
            }
        }
        return false;
    }

    /// Puts together what such a port hears.
    ///
    /// @return how many sounds are in it
    private int mixApart(AudioPort port) {
        Set<String> unheard = port.control().unheard();
        boolean base = !port.control().deaf() && !hearsOneAlone(port);
        int sounds = base ? contributors : 0;
        MixSum sum = sumFor(port.key());
        sum.beginApart(base);
        for (int i = 0; base && i < ports.size(); i++) {
            AudioPort other = ports.get(i);
            if (other.contributing() && (other == port || unheard.contains(other.name()))) {
                sum.addApart(other.contribution(), -1);
                sounds--;
            }
        }
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).isFor(port.name())) {
                sum.addApart(sources.get(i).contribution(), 1);
                sounds++;
            }
        }
        return sounds;
    }

    private boolean hearsOneAlone(AudioPort port) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).isFor(port.name()) && sources.get(i).alone()) {
                return true;
            }
        }
        return false;
    }

    private void send(int index, long tick, long nowNanos, Wakes wakes) {
        AudioPort port = ports.get(index);
        try {
            if (port.sending()) {
                port.send(tick, nowNanos, wakes);
            }
        } catch (RuntimeException bug) {
            fail(index, port, bug);
        }
    }

    private EncodeGroup groupOf(AudioPort port) {
        EncodeKey key = port.key();
        EncodeGroup group = port.group();
        if (group != null && group.key().equals(key)) {
            return group;
        }
        leaveGroup(port);
        EncodeGroup joined = find(key);
        port.join(joined);
        return joined;
    }

    private EncodeGroup find(EncodeKey key) {
        for (EncodeGroup group : groups) {
            if (group.key().equals(key)) {
                return group;
            }
        }
        EncodeGroup group = new EncodeGroup(key, channels, counters);
        groups.add(group);
        return group;
    }

    private void leaveGroup(AudioPort port) {
        EncodeGroup group = port.group();
        if (group != null && group.leave()) {
            groups.remove(group);
            group.close();
        }
    }

    /// @param port stands at `index`, unless its end is what failed
    private void fail(int index, AudioPort port, RuntimeException bug) {
        log.error("audio port {} ended by a bug", port.name(), bug);
        counters.audio().increment(AudioCount.PORTS_FAILED);
        if (index < ports.size() && ports.get(index) == port) {
            remove(index, PortListener.End.FAILED);
        }
    }

    private void remove(int index, PortListener.End end) {
        AudioPort port = ports.remove(index);
        leaveGroup(port);
        port.close(end);
    }
}

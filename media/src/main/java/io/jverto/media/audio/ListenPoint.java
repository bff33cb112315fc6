package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Pcm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where others listen in on a channel. Each hears the party of the channel, what that one hears, both or neither, and is heard by the
/// party, by whoever it talks with, by both or by nobody. Listeners hear each other only if they are heard by both: then they take part in
/// the talk. [#add] and [#remove] from any thread.
@OwnedBy(Role.MIXER_TICK)
public final class ListenPoint implements Insert {
    private static final int VALUES = 2 * Frame.SAMPLES;
    private static final Listener[] NOBODY = {};

    private volatile Listener[] listeners = NOBODY;
    /// Those of this tick.
    private Listener[] now = NOBODY;
    private final short[] own = new short[VALUES];
    private final short[] other = new short[VALUES];
    private final short[] stereo = new short[VALUES];
    private final short[] mix = new short[VALUES];

    private static final class Listener {
        final ListenEar ear;
        final short[] says = new short[VALUES];
        boolean speaks;

        Listener(ListenEar ear) {
            this.ear = ear;
        }
    }

    public synchronized void add(ListenEar ear) {
        Listener[] more = Arrays.copyOf(listeners, listeners.length + 1);
        more[listeners.length] = new Listener(ear);
        listeners = more;
    }

    /// @return whether nobody is left
    public synchronized boolean remove(ListenEar ear) {
        List<Listener> fewer = new ArrayList<>(List.of(listeners));
        fewer.removeIf(one -> one.ear == ear);
        listeners = fewer.toArray(NOBODY);
        return fewer.isEmpty();
    }

    /// The channel is gone.
    public void end() {
        for (Listener one : listeners) {
            one.ear.end();
        }
    }

    @Override
    public Place place() {
        return Place.LISTEN;
    }

    @Override
    public void said(short[] pcm, int channels) {
        now = listeners;
        Pcm.convert(pcm, channels, own, 2, Frame.SAMPLES);
        Arrays.fill(stereo, (short) 0);
        for (Listener one : now) {
            one.speaks = ListenSource.poll(one.ear.fromListener(), one.says);
            if (one.speaks && one.ear.heardBy().other()) {
                Pcm.add(one.says, stereo, VALUES);
            }
        }
        mixIn(pcm, channels);
    }

    @Override
    public void heard(short[] pcm, int channels) {
        Pcm.convert(pcm, channels, other, 2, Frame.SAMPLES);
        Arrays.fill(stereo, (short) 0);
        for (Listener one : now) {
            if (one.speaks && one.ear.heardBy().own()) {
                Pcm.add(one.says, stereo, VALUES);
            }
        }
        mixIn(pcm, channels);
        for (Listener one : now) {
            tell(one);
        }
    }

    private void mixIn(short[] pcm, int channels) {
        Pcm.convert(stereo, 2, mix, channels, Frame.SAMPLES);
        Pcm.add(mix, pcm, Frame.SAMPLES * channels);
    }

    private void tell(Listener listener) {
        ListenEar.Parties hears = listener.ear.hears();
        Arrays.fill(mix, (short) 0);
        if (hears.own()) {
            Pcm.add(own, mix, VALUES);
        }
        if (hears.other()) {
            Pcm.add(other, mix, VALUES);
        }
        for (Listener one : now) {
            if (one != listener && one.speaks && one.ear.heardBy().both()) {
                Pcm.add(one.says, mix, VALUES);
            }
        }
        listener.ear.toListener().offer(mix); // who does not take it is elsewhere for the moment
    }
}

package io.jverto.media.audio;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.rtp.PeerLoss;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a channel is joined to a mixer or to a sound. The rings belong to the mixer's thread until
/// [PortListener#onClosed]: give new ones to each port.
///
/// @param name names the channel in logs
/// @param jitter what the delay of its jitter buffer may be
/// @param figures of the channel, at this port and at those before and after
/// @param loss what the channel's peer loses of what is sent to it
/// @param rx decrypted RTP packets, tag = arrival in nanoseconds; read by the mixer's thread
/// @param tx RTP packets to send: payload type, marker and timestamp are set, sequence number and SSRC are the transport's;
///        tag = the tick's nanoseconds; written by the mixer's thread
/// @param inserts what is on the channel's line, at this port and at those before and after
/// @param patient at a mixer: what the channel heard so far goes on until there is something to hear, for a moment
/// @param txReady called after a tick that put something into `tx`; once for all ports that share the same object
public record PortSetup(
        String name,
        AudioPlan plan,
        JitterLimits jitter,
        PlayoutFigures figures,
        PeerLoss loss,
        PacketRing rx,
        PacketRing tx,
        Runnable txReady,
        PortListener listener,
        Inserts inserts,
        boolean patient) {
    private static final Logger log = LoggerFactory.getLogger(PortSetup.class);

    /// Of a channel whose line has nothing on it.
    public PortSetup(String name, AudioPlan plan, JitterBounds jitter, PacketRing rx, PacketRing tx, Runnable txReady, PortListener listener) {
        this(name, plan, new JitterLimits(jitter), new PlayoutFigures(), new PeerLoss(), rx, tx, txReady, listener, new Inserts(), false);
    }

    /// @param volume at which it hears, -4 to 4
    EncodeKey key(int sourceChannels, int bandwidthHz, int volume) {
        return EncodeKey.of(plan, sourceChannels, bandwidthHz, volume, loss.losing());
    }

    /// Whether what is encoded by a key is no longer what its peer needs.
    boolean outdates(EncodeKey key) {
        return plan.codec() == AudioCodec.OPUS && plan.opus().inbandFec() && key.opus().inbandFec() != loss.losing();
    }

    /// Tells the end. It is the last thing that happens to a port, so a bug of its listener ends nothing more.
    void tellClosed(PortListener.End end) {
        tellClosed(false, end);
    }

    /// @param talking it is held to talk, so that it stops now
    void tellClosed(boolean talking, PortListener.End end) {
        try {
            if (talking) {
                listener.onTalking(false);
            }
            listener.onClosed(end);
        } catch (RuntimeException bug) {
            log.error("the end of {} was not taken", name, bug);
        }
    }
}

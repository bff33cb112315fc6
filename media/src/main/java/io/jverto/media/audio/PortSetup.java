package io.jverto.media.audio;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.AudioPlan;

/// How a channel is joined to a mixer or to a sound. The rings belong to the mixer's thread until
/// [PortListener#onClosed]: give new ones to each port.
///
/// @param name names the channel in logs
/// @param rx decrypted RTP packets, tag = arrival in nanoseconds; read by the mixer's thread
/// @param tx RTP packets to send: payload type, marker and timestamp are set, sequence number and SSRC are the transport's;
///        tag = the tick's nanoseconds; written by the mixer's thread
/// @param txReady called after a tick that put something into `tx`; once for all ports that share the same object
public record PortSetup(
        String name, AudioPlan plan, PacketRing rx, PacketRing tx, Runnable txReady, PortListener listener) {}

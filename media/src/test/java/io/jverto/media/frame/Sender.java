package io.jverto.media.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.VideoCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts frames into packets, and numbers and stamps them as a sender does.
final class Sender {
    int sequence;
    private final Packetizer packetizer;
    private int timestamp;

    record Packet(int sequence, int timestamp, boolean marker, byte[] payload) {}

    Sender(VideoCodec codec, int sequence) {
        this.packetizer = Packetizer.of(codec);
        this.sequence = sequence;
    }

    List<Packet> send(byte[] frame) {
        List<Packet> packets = new ArrayList<>();
        timestamp += 3_000;
        packetizer.send(frame, frame.length, (bytes, length, marker) -> {
            assertThat(length).isLessThanOrEqualTo(Packetizer.MAX_PAYLOAD);
            packets.add(new Packet(sequence, timestamp, marker, Arrays.copyOf(bytes, length)));
            sequence = sequence + 1 & 0xffff;
        });
        return packets;
    }
}

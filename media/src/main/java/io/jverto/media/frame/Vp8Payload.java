package io.jverto.media.frame;

/// RFC 7741 section 4.
final class Vp8Payload implements Payload {
    @Override
    public boolean isSound(byte[] payload, int offset, int length) {
        return Vp8Descriptor.length(payload, offset, length) > 0;
    }

    @Override
    public boolean begins(byte[] payload, int offset, int length, boolean next) {
        return Vp8Descriptor.beginsFrame(payload, offset);
    }

    @Override
    public boolean beginsOnce() {
        return true;
    }

    @Override
    public void clear() {
        // a packet says all of itself
    }

    @Override
    public boolean add(byte[] payload, int length, FrameBuffer frame) {
        int head = Vp8Descriptor.length(payload, 0, length);
        frame.add(payload, head, length - head);
        return true;
    }

    @Override
    public boolean end(FrameBuffer frame) {
        return true;
    }
}

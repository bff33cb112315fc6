package io.jverto.verto.dispatch;

import io.jverto.base.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Hands frames to one consumer, one after the other, on a virtual thread that lives only while frames wait: an idle
/// connection has none. When much waits the reader is asked to stop, so that a fast client waits in its own TCP window.
final class FrameQueue {
    private static final int PAUSE_FRAMES = 64;
    private static final int PAUSE_CHARS = 256 * 1024;
    /// What may still come out of the socket's buffers after the pause; more is a flood.
    private static final int MAX_FRAMES = 16_384;

    private final TimeSource time;
    private final Consumer<Frame> consumer;
    private final Consumer<Boolean> reading;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private long chars;
    private boolean running;
    private boolean paused;

    /// @param reading told false to stop reading from the client, true to go on
    FrameQueue(TimeSource time, Consumer<Frame> consumer, Consumer<Boolean> reading) {
        this.time = time;
        this.consumer = consumer;
        this.reading = reading;
    }

    /// @return false when far too much waits; the frame was not taken
    boolean offer(Frame frame) {
        lock.lock();
        try {
            if (waiting.size() >= MAX_FRAMES && frame instanceof Frame.Text) {
                return false;
            }
            waiting.add(frame);
            chars += frame.length();
            if (!paused && (waiting.size() >= PAUSE_FRAMES || chars >= PAUSE_CHARS)) {
                paused = true;
                reading.accept(false);
            }
            if (!running) {
                running = true;
                time.start("verto-connection", this::drain);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void drain() {
        Frame frame = next();
        while (frame instanceof Frame.Text || frame instanceof Frame.Closed) {
            consumer.accept(frame);
            frame = next();
        }
    }

    private Frame next() {
        lock.lock();
        try {
            Frame frame = waiting.poll();
            if (frame == null) {
                running = false;
                frame = new Frame.None();
            }
            chars -= frame.length();
            if (paused && waiting.size() < PAUSE_FRAMES / 2 && chars < PAUSE_CHARS / 2) {
                paused = false;
                reading.accept(true);
            }
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /// What the network says.
    sealed interface Frame {
        default int length() {
            return this instanceof Text text ? text.value().length() : 0;
        }

        record Text(String value) implements Frame {}

        /// The socket is gone.
        record Closed() implements Frame {}

        /// Nothing waits.
        record None() implements Frame {}
    }
}

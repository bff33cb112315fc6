package io.jverto.medialoop.picture;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.Inbox;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.studio.StudioCount;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A platform thread that decodes, paints and encodes for some rooms. It looks for packets a hundred times a second, which costs less than to be
/// woken for each, and sleeps when there is no room.
@OwnedBy(Role.PICTURES)
final class PictureThread {
    private static final Logger log = LoggerFactory.getLogger(PictureThread.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MAX_COMMANDS = 4_096;
    private static final long CLOSE_MILLIS = 2_000;

    private final Thread thread;
    private final Inbox<PictureCommand> inbox = new Inbox<>(MAX_COMMANDS);
    private final Counters<StudioCount> counters;
    private final AtomicInteger load = new AtomicInteger();
    private final List<StudioLoop> studios = new ArrayList<>();
    private volatile boolean closed;
    private long nowNanos;

    PictureThread(int index, Counters<StudioCount> counters) {
        this.counters = counters;
        // Below those that carry sound, where the machine knows of priorities.
        this.thread = Thread.ofPlatform().name("pictures-" + index).daemon().priority(Thread.MIN_PRIORITY + 1).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// From any thread.
    ///
    /// @return how many rooms it has
    int load() {
        return load.get();
    }

    /// From any thread.
    boolean tell(PictureCommand command) {
        if (!inbox.offer(command)) {
            counters.increment(StudioCount.COMMANDS_REFUSED);
            return false;
        }
        LockSupport.unpark(thread);
        return true;
    }

    boolean open(StudioLoop studio) {
        load.incrementAndGet();
        boolean taken = tell(new PictureCommand.Open(studio));
        if (!taken) {
            load.decrementAndGet();
        }
        return taken;
    }

    /// Ends the thread, and waits a little for it.
    void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            nowNanos = System.nanoTime();
            inbox.drain(this::onCommand);
            long deadline = studios.isEmpty() ? Long.MAX_VALUE : nowNanos + LOOK_NANOS;
            for (int i = studios.size() - 1; i >= 0; i--) {
                deadline = Math.min(deadline, turn(studios.get(i)));
            }
            if (deadline == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, Math.max(0, deadline - System.nanoTime()));
            }
        }
        studios.forEach(StudioLoop::close);
    }

    private long turn(StudioLoop studio) {
        try {
            return studio.turn(nowNanos);
        } catch (RuntimeException bug) {
            log.error("the pictures of room {} ended by a bug", studio.name(), bug);
            counters.increment(StudioCount.STUDIOS_FAILED);
            remove(studio);
            return Long.MAX_VALUE;
        }
    }

    private void remove(StudioLoop studio) {
        if (studios.remove(studio)) {
            load.decrementAndGet();
            studio.close();
        }
    }

    private void onCommand(PictureCommand command) {
        try {
            run(command);
        } catch (RuntimeException bug) {
            log.error("a change of a room's pictures failed by a bug: {}", command, bug);
            counters.increment(StudioCount.STUDIOS_FAILED);
        }
    }

    private void run(PictureCommand command) {
        switch (command) {
            case PictureCommand.Open(StudioLoop studio) -> {
                studio.open(nowNanos);
                studios.add(studio);
            }
            case PictureCommand.Join(StudioLoop studio, String channel, Tap tap) -> {
                if (studios.contains(studio)) {
                    studio.join(channel, tap);
                } else {
                    tap.close();
                }
            }
            case PictureCommand.Leave(StudioLoop studio, String channel) -> onOpen(studio, () -> studio.leave(channel));
            case PictureCommand.Watch(StudioLoop studio, String channel, int canvas) -> onOpen(studio, () -> studio.watch(channel, canvas));
            case PictureCommand.Limit(StudioLoop studio, String channel, int rate, boolean small) -> onOpen(studio, () -> studio.limit(channel, rate, small));
            case PictureCommand.Show(StudioLoop studio, int canvas, var scene, int rate) -> onOpen(studio, () -> studio.show(canvas, scene, rate));
            case PictureCommand.Drop(StudioLoop studio, int canvas) -> onOpen(studio, () -> studio.drop(canvas));
            case PictureCommand.Snapshot(StudioLoop studio, int canvas, var file, boolean links) ->
                onOpen(studio, () -> studio.snapshot(canvas).ifPresent(picture -> Snapshots.write(studio.name(), picture, file, links, () -> { })));
            case PictureCommand.FramesPerSecond(StudioLoop studio, int fps) -> onOpen(studio, () -> studio.framesPerSecond(fps));
            case PictureCommand.ArtIsReady() -> studios.forEach(StudioLoop::artIsReady);
            case PictureCommand.Close(StudioLoop studio) -> remove(studio);
        }
    }

    private void onOpen(StudioLoop studio, Runnable change) {
        if (studios.contains(studio)) {
            change.run();
        }
    }
}

package io.jverto.base.thread;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A bounded queue from any thread to the one that owns it, who looks in when its turn comes. Never blocks.
///
/// @param <T> the commands
public final class Inbox<T> {
    private final AtomicReferenceArray<@Nullable T> slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    /// @param capacity commands that may wait, rounded up to a power of two
    public Inbox(int capacity) {
        int size = Integer.highestOneBit(Math.max(2, capacity) - 1) << 1;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    /// Posts a command from any thread.
    ///
    /// @return false when the inbox is full: the command was not taken
    public boolean offer(T command) {
        long claimed;
        do {
            claimed = tail.get();
            if (claimed - head.get() > mask) {
                return false;
            }
        } while (!tail.compareAndSet(claimed, claimed + 1));
        // Volatile: of an owner that goes to rest and a caller that asks afterwards whether it rests, one sees the other.
        slots.set((int) claimed & mask, command);
        return true;
    }

    /// Whether nothing waits. Only the owner calls it.
    public boolean isEmpty() {
        return slots.get((int) head.get() & mask) == null;
    }

    /// Hands every command that is there to `action`, in order. Only the owner calls it.
    ///
    /// @return how many there were
    public int drain(Consumer<? super T> action) {
        int count = 0;
        long at = head.get();
        while (count <= mask) {
            int slot = (int) at & mask;
            T command = slots.getAcquire(slot);
            if (command == null) {
                break;
            }
            slots.setPlain(slot, null);
            head.setRelease(++at);
            count++;
            action.accept(command);
        }
        return count;
    }
}

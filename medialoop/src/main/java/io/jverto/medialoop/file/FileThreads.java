package io.jverto.medialoop.file;

import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A virtual thread for each file that plays or is recorded. They are as many as channels play or record, and stations. Thread-safe.
public final class FileThreads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileThreads.class);
    /// A thread looks again after so long even if nobody calls: a folder may have got files.
    private static final long LOOK_AGAIN_NANOS = 10_000_000_000L;
    private static final long CLOSE_MILLIS = 2_000;

    private final boolean driven;
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();

    private FileThreads(boolean driven) {
        this.driven = driven;
    }

    public static FileThreads start() {
        return new FileThreads(false);
    }

    /// No thread: the caller works by [#runAll].
    public static FileThreads manual() {
        return new FileThreads(true);
    }

    /// One file's work, from other threads.
    static final class Task {
        private final String name;
        private final Work work;
        private volatile Thread thread = Thread.currentThread();

        Task(String name, Work work) {
            this.name = name;
            this.work = work;
        }

        /// There may be something to do. Does not wait.
        void wake() {
            LockSupport.unpark(thread);
        }

        /// It is to end. Twice does no harm.
        void stop() {
            work.stop();
            wake();
        }
    }

    Task start(String name, Work work) {
        Task task = new Task(name, work);
        tasks.add(task);
        if (!driven) {
            task.thread = Thread.ofVirtual().name("file " + name).unstarted(() -> run(task));
            task.thread.start();
        }
        return task;
    }

    /// Lets all files work as far as they can; only for what [#manual] made.
    public void runAll() {
        for (Task task : new ArrayList<>(tasks)) {
            if (!step(task)) {
                task.work.close();
                tasks.remove(task);
            }
        }
    }

    /// @return files that are open or about to be
    public int size() {
        return tasks.size();
    }

    /// Ends all, and waits a little for files that are being finished.
    @Override
    public void close() {
        tasks.forEach(Task::stop);
        if (driven) {
            runAll();
            return;
        }
        long deadline = System.nanoTime() + CLOSE_MILLIS * 1_000_000;
        try {
            for (Task task : tasks) {
                task.thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Task task) {
        try {
            while (step(task)) {
                LockSupport.parkNanos(task, LOOK_AGAIN_NANOS);
            }
        } finally {
            task.work.close();
            tasks.remove(task);
        }
    }

    /// A bug of ours ends one file.
    private static boolean step(Task task) {
        try {
            return task.work.step();
        } catch (RuntimeException bug) {
            log.error("the file of {} was left by a bug", task.name, bug);
            return false;
        }
    }
}

package io.jverto.bench.load;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Takes the time of something that ends later.
final class Timed {
    private Timed() {}

    static <T> CompletableFuture<T> by(Latencies latencies, Supplier<CompletableFuture<T>> start) {
        long begin = System.nanoTime();
        return start.get().whenComplete((value, problem) -> {
            if (problem == null) {
                latencies.add(System.nanoTime() - begin);
            }
        });
    }
}

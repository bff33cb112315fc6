package io.jverto.switchboard.event;

import io.jverto.testkit.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/// A subscriber that remembers what it was told.
final class Listener implements Subscriber {
    private final boolean guest;
    private final List<EventDelivery> deliveries = new ArrayList<>();

    Listener(boolean guest) {
        this.guest = guest;
    }

    Listener() {
        this(false);
    }

    @Override
    public synchronized void onEvent(EventDelivery delivery) {
        deliveries.add(delivery);
    }

    @Override
    public boolean guest() {
        return guest;
    }

    synchronized List<EventDelivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /// @return what came since the last time this was asked
    synchronized List<String> heard() {
        List<String> heard = deliveries.stream().map(delivery -> JsonText.of(delivery.params())).toList();
        deliveries.clear();
        return heard;
    }
}

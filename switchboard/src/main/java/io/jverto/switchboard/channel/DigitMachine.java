package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.channel.DigitActions.Action;
import io.jverto.switchboard.channel.DigitActions.Leg;
import io.jverto.switchboard.channel.DigitActions.Sought;
import io.jverto.switchboard.channel.DigitActions.Timing;
import io.jverto.switchboard.dialplan.Expression.Reach;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.event.EventName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collects the digits of a channel's party as long as they may become something that the channel, or whom it talks with, has bound
/// ([DigitActions]). What becomes nothing is given back: whoever runs gets it then.
@OwnedBy(Role.CHANNEL)
final class DigitMachine {
    private static final Logger log = LoggerFactory.getLogger(DigitMachine.class);
    private static final String KEYS = "0123456789*#ABCD";
    private static final int MAX_DIGITS = 64;
    private static final String EXEC = "exec:";
    private static final String API = "api:";

    private final Channel channel;
    private final List<ChannelEvent.Digit> pressed = new ArrayList<>();
    private final Deque<ChannelEvent.Digit> released = new ArrayDeque<>();
    private long digitDeadline = Channel.FOREVER;
    private long inputDeadline = Channel.FOREVER;

    /// Something bound, and who has bound it.
    private record Bound(ChannelHandle binder, Action action) {}

    DigitMachine(Channel channel) {
        this.channel = channel;
    }

    /// @return when [#onDeadline] is to be called
    long deadline() {
        return Math.min(digitDeadline, inputDeadline);
    }

    /// @return false when the digit is for whoever runs
    boolean pressed(ChannelEvent.Digit digit) {
        List<Bound> bound = bound();
        if (bound.isEmpty() && pressed.isEmpty()) {
            return false;
        }
        if (pressed.isEmpty()) {
            Timing timing = timing(bound);
            inputDeadline = timing.inputMillis() > 0 ? channel.in(timing.inputMillis()) : Channel.FOREVER;
        }
        pressed.add(digit);
        decide(bound, pressed.size() >= MAX_DIGITS);
        return true;
    }

    /// No more digits are waited for if the time is over.
    void onDeadline() {
        if (channel.in(0) >= deadline()) {
            decide(bound(), true);
        }
    }

    /// @return a digit that stands for nothing, in turn
    Optional<ChannelEvent> released() {
        return Optional.ofNullable(released.poll());
    }

    private static Timing timing(List<Bound> bound) {
        return bound.getFirst().binder().digitActions().timing();
    }

    private List<Bound> bound() {
        List<Bound> bound = new ArrayList<>();
        add(bound, channel.handle(), Leg.SELF);
        channel.handle().partner().ifPresent(partner -> add(bound, partner, Leg.PEER));
        return bound;
    }

    private static void add(List<Bound> bound, ChannelHandle binder, Leg by) {
        binder.digitActions().now(by).forEach(action -> bound.add(new Bound(binder, action)));
    }

    private void decide(List<Bound> bound, boolean last) {
        String digits = digits();
        if (!last && bound.stream().anyMatch(one -> goesOn(one.action().sought(), digits))) {
            digitDeadline = channel.in(timing(bound).digitMillis());
            return;
        }
        Optional<Bound> found = bound.stream().filter(one -> one.action().sought() instanceof Sought.Exactly && fits(one.action().sought(), digits))
                .findFirst().or(() -> bound.stream().filter(one -> fits(one.action().sought(), digits)).findFirst());
        List<ChannelEvent.Digit> all = List.copyOf(pressed);
        pressed.clear();
        digitDeadline = Channel.FOREVER;
        inputDeadline = Channel.FOREVER;
        if (found.isPresent()) {
            act(found.get(), digits);
        } else {
            channel.variables().set("last_non_matching_digits", digits);
            released.addAll(all);
        }
    }

    private String digits() {
        StringBuilder digits = new StringBuilder();
        pressed.forEach(digit -> digits.append(digit.digit()));
        return digits.toString();
    }

    private static boolean fits(Sought sought, String digits) {
        return switch (sought) {
            case Sought.Exactly(String wanted) -> wanted.equals(digits);
            case Sought.Like(var expression) -> expression.reach(digits) == Reach.FOUND;
        };
    }

    /// Whether more digits after these may fit.
    private static boolean goesOn(Sought sought, String digits) {
        return switch (sought) {
            case Sought.Exactly(String wanted) -> wanted.length() > digits.length() && wanted.startsWith(digits);
            case Sought.Like(var expression) -> KEYS.chars().anyMatch(key -> expression.reach(digits + (char) key) != Reach.NOT_FOUND);
        };
    }

    private void act(Bound found, String digits) {
        Action action = found.action();
        ChannelHandle binder = found.binder();
        log.info("channel {}: {} stands for {}", channel.logId(), digits, LogText.of(action.does()));
        note(binder, digits);
        String does = action.does().toString();
        if (does.startsWith(EXEC)) {
            Text application = Text.join(Text.join(action.does().slice(EXEC.length()), Text.syntax("::")), action.data());
            if (action.on().contains(Leg.PEER)) {
                binder.partner().ifPresent(peer -> channel.happenings().order(peer, application));
            }
            if (action.on().contains(Leg.SELF)) {
                channel.happenings().order(binder, application);
            }
        } else if (does.startsWith(API)) {
            // DEVIATION app-1
            channel.happenings().command(Text.join(Text.join(action.does().slice(API.length()), Text.syntax(" ")), action.data()));
        } else {
            CoreChannelEvents.tell(channel, EventName.CHANNEL_DATA, () -> Map.of("digits", digits, "condition", does, "value", action.data().toString()));
        }
    }

    private void note(ChannelHandle binder, String digits) {
        if (binder == channel.handle()) {
            channel.variables().set("last_matching_digits", digits);
        } else {
            binder.tell(new ChannelEvent.Visit(other -> other.variables().set("last_matching_digits", digits), () -> { }));
        }
    }
}

package io.jverto.conference;

import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.ConferenceService.Standing;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.StudioRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A member's own handle of its membership. Thread-safe. Leaving takes effect before it returns: the channel may be
/// routed elsewhere in the next moment, and the room, whose turn comes later, must not undo that.
final class Seat implements Membership {
    /// Nobody presses faster; a flood must not fill the room's mailbox for the others.
    private static final int MAX_WAITING_DIGITS = 16;
    private static final int MAX_WAITING_MESSAGES = 64;

    private final Room room;
    private final JoinRequest request;
    private final AtomicInteger waitingDigits = new AtomicInteger();
    private final AtomicInteger waitingMessages = new AtomicInteger();
    private final AtomicBoolean statusWaits = new AtomicBoolean();
    private final AtomicBoolean announceWaits = new AtomicBoolean();
    private volatile boolean talking;
    private volatile boolean held;
    private volatile Map<String, String> says;
    private volatile Map<String, String> variables = Map.of();
    private volatile Optional<Standing> standing = Optional.empty();
    private boolean left; // guarded by this
    private @Nullable StudioRef studio; // guarded by this

    Seat(Room room, JoinRequest request) {
        this.room = room;
        this.request = request;
        this.says = request.memberVariables();
    }

    JoinRequest request() {
        return request;
    }

    @Override
    public Map<String, String> variables() {
        return variables;
    }

    /// What the member's channel is to know.
    void knows(Map<String, String> facts) {
        variables = Map.copyOf(facts);
    }

    @Override
    public Optional<Standing> standing() {
        return standing;
    }

    /// How it is in the room from now on.
    void stands(Standing now) {
        Optional<Standing> next = Optional.of(now);
        if (!next.equals(standing)) {
            standing = next;
            request.channel().noteAgain();
        }
    }

    @Override
    public void dtmf(char digit) {
        if (waitingDigits.incrementAndGet() > MAX_WAITING_DIGITS || !room.inbox().tell(new RoomCommand.Digit(this, digit))) {
            waitingDigits.decrementAndGet();
            room.count(ConferenceCount.DIGITS_DROPPED);
        }
    }

    void digitDone() {
        waitingDigits.decrementAndGet();
    }

    @Override
    public void talking(boolean now) {
        talking = now;
        tellStatus();
    }

    @Override
    public void held(boolean now) {
        held = now;
        tellStatus();
    }

    @Override
    public void describe(Map<String, String> memberVariables) {
        says = Collections.unmodifiableMap(new LinkedHashMap<>(memberVariables)); // in their order, as clients are shown them
        tellStatus();
    }

    @Override
    public boolean say(ChatMessage message) {
        if (waitingMessages.incrementAndGet() <= MAX_WAITING_MESSAGES && room.inbox().tell(new RoomCommand.Say(this, message))) {
            return true;
        }
        waitingMessages.decrementAndGet();
        room.count(ConferenceCount.CHATS_DROPPED);
        return false;
    }

    void messageDone() {
        waitingMessages.decrementAndGet();
    }

    /// The fields say what is; one message at a time tells the room to look at them.
    private void tellStatus() {
        if (statusWaits.compareAndSet(false, true) && !room.inbox().tell(new RoomCommand.Status(this))) {
            statusWaits.set(false);
        }
    }

    /// The room looks; it is told again when something changes.
    void statusSeen() {
        statusWaits.set(false);
    }

    /// @return whether the member speaks now
    boolean talks() {
        return talking;
    }

    /// @return whether the member's call is on hold now
    boolean isHeld() {
        return held;
    }

    /// @return what the member's client says of itself now
    Map<String, String> says() {
        return says;
    }

    @Override
    public void announce() {
        if (announceWaits.compareAndSet(false, true) && !room.inbox().tell(new RoomCommand.Announce(this))) {
            announceWaits.set(false);
        }
    }

    @Override
    public void breakOff() {
        room.inbox().tell(new RoomCommand.BreakOff(this));
    }

    void announceDone() {
        announceWaits.set(false);
    }

    /// The flag decides, not the message: a room that is too busy to take it sees the flag at its next turn.
    @Override
    public void leave() {
        synchronized (this) {
            if (left) {
                return;
            }
            left = true;
            request.media().route(new AudioRoute.Silent());
            request.media().screen(Optional.empty());
            request.media().show(Optional.empty());
            request.media().showGallery(Map.of());
            if (studio != null) {
                studio.leave(request.channel().id());
            }
        }
        room.inbox().tell(new RoomCommand.Look());
    }

    synchronized boolean hasLeft() {
        return left;
    }

    /// Lets the channel be seen in a studio, and see it, unless it has left.
    synchronized void join(StudioRef room) {
        if (!left) {
            studio = room;
            room.join(request.channel().id(), request.media());
        }
    }

    /// Lets the channel see somebody, unless it has left.
    synchronized void show(Optional<MediaService.MediaRef> source) {
        if (!left) {
            request.media().show(source);
        }
    }

    /// Lets the channel see a film, unless it has left.
    synchronized void screen(Optional<MediaService.RoomSound> film) {
        if (!left) {
            request.media().screen(film);
        }
    }

    /// Lets the channel see members in its gallery, unless it has left.
    synchronized void showGallery(Map<Integer, MediaService.Tile> members) {
        if (!left) {
            request.media().showGallery(members);
        }
    }

    /// Puts the channel into the mixer, unless it has left.
    synchronized void route(AudioRoute.Mix mix) {
        if (!left) {
            request.media().route(mix);
        }
    }
}

package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.MessageRoute;
import io.jverto.switchboard.port.Saying;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Messages to a room's `chatID`, and those that members write inside their calls.
class RoomMessagesTest {
    private static final ChatMessage HELLO = new ChatMessage(Map.of("body", "hello"));

    private final RoomSetup setup = new RoomSetup("");
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");
    private final MessageRoute route = setup.conferences.messages();

    @Test
    void everyMemberHearsAMessageAlsoTheOneWhoWroteIt() {
        setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));

        assertThat(write("3000@example.org", ada.cookie(), _ -> false)).isTrue();
        setup.time.settle();

        assertThat(ada.heard).containsExactly(new Saying.InRoom(HELLO));
        assertThat(bob.heard).containsExactly(new Saying.InRoom(HELLO));
    }

    @Test
    void aSessionThatIsInTheRoomTwiceHearsAMessageOnce() {
        TestChannel screen = new TestChannel("Ada-screen", ada.cookie());
        setup.join(ada.wants("3000"));
        setup.join(screen.wants("3000"));

        write("3000@example.org", ada.cookie(), _ -> false);
        setup.time.settle();

        assertThat(ada.heard).hasSize(1);
        assertThat(screen.heard).isEmpty();
    }

    @Test
    void s10WhoIsOutsideMayWriteOnlyWithARightToTheChatChannel() {
        setup.join(ada.wants("3000"));
        new TestClient(setup.events, "outsider");

        assertThat(write("3000@example.org", "outsider", _ -> false)).isFalse();
        assertThat(write("3000@example.org", "outsider", "conference-chat.3000@example.org"::equals)).isTrue();
        setup.time.settle();

        assertThat(ada.heard).hasSize(1);
        assertThat(setup.conferences.counters().get(ConferenceCount.CHATS_DENIED)).isEqualTo(1);
    }

    @Test
    void whoHasLeftMayNotWriteAnyMore() {
        setup.join(ada.wants("3000"));
        Membership seat = setup.join(bob.wants("3000"));
        seat.leave();
        setup.time.settle();

        assertThat(write("3000@example.org", bob.cookie(), _ -> false)).isFalse();
    }

    @Test
    void aRoomThatIsNotThereTakesNothing() {
        assertThat(write("3000@example.org", ada.cookie(), _ -> true)).isFalse();
        assertThat(write("", ada.cookie(), _ -> true)).isFalse();
        assertThat(write("@", ada.cookie(), _ -> true)).isFalse();
    }

    @Test
    void aRoomWithADomainInItsNameIsFoundByItsChatId() {
        setup.join(ada.wants("3000@far.example"));

        assertThat(RoomChannels.of(new RoomKey("3000@far.example", "far.example")).chatId()).isEqualTo("conf+3000@far.example@far.example");
        assertThat(write("3000@far.example@far.example", ada.cookie(), _ -> false)).isTrue();
    }

    @Test
    void whatAMemberWritesInsideItsCallGoesToTheRoom() {
        Membership seat = setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));

        assertThat(seat.say(HELLO)).isTrue();
        setup.time.settle();

        assertThat(bob.heard).containsExactly(new Saying.InRoom(HELLO));
    }

    @Test
    void aMemberThatHasLeftIsNotHeardThoughItsMessageWasUnderWay() {
        Membership seat = setup.join(ada.wants("3000"));
        setup.join(bob.wants("3000"));

        seat.leave();
        seat.say(HELLO);
        setup.time.settle();

        assertThat(bob.heard).isEmpty();
    }

    private boolean write(String address, String cookie, Predicate<String> list) {
        return route.send(address, new MessageRoute.Sender(cookie, list), HELLO);
    }
}

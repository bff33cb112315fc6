package io.jverto.verto.dispatch;

import io.jverto.base.count.Budget;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.login.Identity;
import io.jverto.verto.session.Session;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoReply.CallFailure;
import io.jverto.wire.verto.VertoReply.Contact;
import io.jverto.wire.verto.VertoReply.Refusal;
import io.jverto.wire.verto.VertoTruth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `verto.contacts`: who else is in the client's own domain, a page at a time, where the profile has `jverto-contacts`
/// (verto-extensions.md). Nobody learns of another domain. One connection's.
final class ContactRequests {
    /// Each costs a look-up in the directory.
    private static final int PAGE = 200;
    private static final int PAGES_AT_ONCE = 50;
    private static final int PAGES_PER_SECOND = 2;
    private static final String VISIBLE = "directory-visible";
    private static final List<String> NAMES = List.of("directory_full_name", "effective_caller_id_name");

    private final Services services;
    private final Budget budget;

    ContactRequests(Services services) {
        this.services = services;
        this.budget = new Budget(PAGES_AT_ONCE, PAGES_PER_SECOND, services.time().nanoTime());
    }

    VertoReply page(Session session, String after) {
        if (!session.profile().extras().contacts() || !(session.identity() instanceof Identity.User(UserId me))) {
            return Refusal.NO_METHOD;
        }
        if (!budget.take(services.time().nanoTime(), 1)) {
            services.counters().increment(VertoCount.CONTACTS_TOO_FAST);
            return new CallFailure("Too many requests for contacts.");
        }
        Directory directory = services.directory().get();
        List<UserId> all = directory.users(me.domain());
        // Somebody who has gone meanwhile ends the list: the client begins anew another time.
        int from = after.isEmpty() ? 0 : all.stream().map(UserId::user).toList().indexOf(after) + 1;
        List<UserId> page = !after.isEmpty() && from == 0 ? List.of() : all.subList(from, Math.min(all.size(), from + PAGE));
        List<Contact> contacts = page.stream()
                .filter(id -> !id.equals(me))
                .flatMap(id -> directory.find(id).stream())
                .filter(ContactRequests::isShown)
                .map(this::contact)
                .toList();
        return new VertoReply.Contacts(contacts, from + page.size() < all.size() && !page.isEmpty() ? page.getLast().user() : "");
    }

    private Contact contact(DirectoryUser user) {
        String name = NAMES.stream().flatMap(known -> user.variable(known).stream())
                .filter(text -> !text.isBlank()).findFirst()
                .or(() -> user.param("caller-id-name"))
                .orElse("");
        return new Contact(user.id().user(), name, isOnline(user.id()));
    }

    private boolean isOnline(UserId user) {
        return !services.sessions().of(user).isEmpty() || services.commands().find("sofia_contact")
                .filter(registered -> !registered.run(user.toString()).startsWith("error/")).isPresent();
    }

    private static boolean isShown(DirectoryUser user) {
        Optional<String> said = Stream.of(user.variable(VISIBLE), user.param(VISIBLE)).flatMap(Optional::stream).findFirst();
        return said.map(VertoTruth::isTrue).orElse(true);
    }
}

package io.jverto.sip.transaction;

import io.jverto.base.count.Counters;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// All transactions of one user agent. Not thread-safe: whoever owns it calls it.
/// Every method returns when [#onTimeout] is due, `Long.MAX_VALUE` for never; requests have a Via of ours with a branch that nobody can guess.
/// Limits: [#MAX] transactions of each side; who asks beyond it is told 503, without state.
public final class Transactions {
    /// Some ten thousand calls at once, each with a few requests within 32 seconds.
    static final int MAX = 50_000;

    private final Context context;
    private final int most;
    private final Map<String, Transaction<?>> clients = new HashMap<>();
    private final Map<String, Transaction<?>> servers = new HashMap<>();
    /// Requests without a tag in To by what a copy of them would have too; the value is a key of `servers`.
    private final Map<String, String> originals = new HashMap<>();
    private final Map<String, String> originalOf = new HashMap<>();
    private final TreeSet<Transaction<?>> queue = new TreeSet<>();
    private long order;

    public Transactions(SipTimers timers, Counters<TransactionCounter> counters) {
        this(timers, counters, MAX);
    }

    Transactions(SipTimers timers, Counters<TransactionCounter> counters, int most) {
        this.context = new Context(timers, counters);
        this.most = most;
    }

    public SipTimers timers() {
        return context.timers();
    }

    /// @return what a request is known by, once it is started
    public static ClientId idOf(SipRequest request) {
        return new ClientId(TransactionKey.ofClient(request.envelope()));
    }

    /// Sends a request, not ACK.
    public long start(long nowNanos, SipRequest request, Hop to, TransactionOutput out) {
        ClientId id = idOf(request);
        if (clients.size() >= most) {
            context.count(TransactionCounter.CLIENT_REFUSED);
            out.failed(id, ClientFailure.OVERLOAD);
            return deadline();
        }
        context.count(TransactionCounter.CLIENT_STARTED);
        if (request.is(SipMethod.INVITE)) {
            InviteClient client = new InviteClient(id.key(), request, to, context);
            clients.put(id.key(), client);
            client.start(nowNanos, out);
            schedule(client);
        } else {
            PlainClient client = new PlainClient(id.key(), request, to, context);
            clients.put(id.key(), client);
            client.start(nowNanos, out);
            schedule(client);
        }
        return deadline();
    }

    /// Gives an INVITE up as soon as that is allowed; its response comes all the same: 487, or a 2xx that was faster.
    ///
    /// @param more headers of the CANCEL, for instance Reason
    public long cancel(long nowNanos, ClientId invite, Headers more, TransactionOutput out) {
        if (clients.get(invite.key()) instanceof InviteClient client && client.wishCancelled(more)) {
            sendCancel(nowNanos, client, out);
        }
        return deadline();
    }

    private void sendCancel(long nowNanos, InviteClient client, TransactionOutput out) {
        client.takeCancel(nowNanos).ifPresent(cancel -> {
            schedule(client);
            start(nowNanos, cancel, client.hop, new Unheard(out));
        });
    }

    /// An INVITE whose call is long over gets no final response any more: nothing is heard of it, and nothing told.
    public void abandon(ClientId id) {
        if (clients.get(id.key()) instanceof InviteClient client && client.isUnanswered()) {
            client.abandon();
            schedule(client);
        }
    }

    /// @param response its To has our tag, unless it is 100
    public long respond(long nowNanos, ServerId id, SipResponse response, TransactionOutput out) {
        Transaction<?> server = servers.get(id.key());
        if (server instanceof InviteServer invite) {
            invite.respond(nowNanos, response, out);
        } else if (server instanceof PlainServer plain) {
            plain.respond(nowNanos, response, out);
        }
        if (server != null) {
            schedule(server);
        }
        return deadline();
    }

    /// Whether the response of this INVITE is still awaited.
    public boolean isOpen(ServerId id) {
        return servers.get(id.key()) instanceof InviteServer invite && invite.isOpen();
    }

    public long onMessage(long nowNanos, SipMessage message, Hop from, TransactionOutput out) {
        switch (message) {
            case SipRequest request -> onRequest(nowNanos, from.stamp(request), from, out);
            case SipResponse response -> onResponse(nowNanos, response, from, out);
        }
        return deadline();
    }

    private void onResponse(long nowNanos, SipResponse response, Hop from, TransactionOutput out) {
        Transaction<?> client = clients.get(TransactionKey.ofClient(response));
        switch (client) {
            case InviteClient invite -> {
                invite.onResponse(nowNanos, response, from, out);
                sendCancel(nowNanos, invite, out);
                schedule(invite);
            }
            // RFC 3261 section 9.1: what the CANCEL is answered with says nothing of the call.
            case PlainClient plain -> {
                boolean cancel = response.envelope().cseq().method().equals(SipMethod.CANCEL);
                plain.onResponse(nowNanos, response, from, cancel ? new Unheard(out) : out);
                schedule(plain);
            }
            case null, default -> context.count(TransactionCounter.RESPONSE_UNMATCHED);
        }
    }

    private void onRequest(long nowNanos, SipRequest request, Hop from, TransactionOutput out) {
        boolean ack = request.is(SipMethod.ACK);
        String key = TransactionKey.ofServer(request, ack ? SipMethod.INVITE : request.method());
        Transaction<?> known = servers.get(key);
        if (ack) {
            if (known instanceof InviteServer invite) {
                invite.onAck(nowNanos, request, out);
                schedule(invite);
            } else {
                out.ack(request, from);
            }
        } else if (known instanceof InviteServer invite) {
            invite.onRepeated(out);
        } else if (known instanceof PlainServer plain) {
            plain.onRepeated(out);
        } else if (servers.size() >= most) {
            context.count(TransactionCounter.SERVER_REFUSED);
            out.send(from.back(request.envelope().topVia()), request.reply(503).withHeader("Retry-After", "10"));
        } else {
            onNew(nowNanos, key, request, from, out);
        }
    }

    private void onNew(long nowNanos, String key, SipRequest request, Hop from, TransactionOutput out) {
        context.count(TransactionCounter.SERVER_STARTED);
        Hop back = from.back(request.envelope().topVia());
        if (request.is(SipMethod.INVITE)) {
            InviteServer server = new InviteServer(key, request, from, back, context);
            servers.put(key, server);
            server.start(out);
        } else {
            PlainServer server = new PlainServer(key, back, context);
            servers.put(key, server);
            server.start(nowNanos);
            schedule(server);
        }
        ServerId id = new ServerId(key);
        if (request.is(SipMethod.CANCEL)) {
            onCancel(nowNanos, id, request, out);
        } else if (isMerged(key, request)) {
            context.count(TransactionCounter.MERGED);
            respond(nowNanos, id, request.reply(482).withToTag("merged"), out);
        } else {
            out.request(id, request, from);
        }
    }

    private boolean isMerged(String key, SipRequest request) {
        if (request.envelope().to().tag().isPresent()) {
            return false;
        }
        String merge = TransactionKey.ofMerge(request);
        String first = originals.putIfAbsent(merge, key);
        if (first == null) {
            originalOf.put(key, merge);
        }
        return first != null;
    }

    private void onCancel(long nowNanos, ServerId id, SipRequest cancel, TransactionOutput out) {
        ServerId invite = new ServerId(TransactionKey.ofServer(cancel, SipMethod.INVITE));
        if (!(servers.get(invite.key()) instanceof InviteServer server)) {
            context.count(TransactionCounter.CANCEL_UNMATCHED);
            respond(nowNanos, id, cancel.reply(481).withToTag("none"), out);
            return;
        }
        boolean open = server.isOpen();
        respond(nowNanos, id, cancel.reply(200).withToTag(server.tag()), out);
        if (open) {
            out.cancelled(invite, cancel);
        }
    }

    /// What was sent to this hop did not get there: a connection broke or was refused.
    public long onUnreachable(long nowNanos, Hop hop, TransactionOutput out) {
        List<Transaction<?>> hit = new ArrayList<>();
        clients.values().stream().filter(client -> client.hop.equals(hop)).forEach(hit::add);
        servers.values().stream().filter(server -> server.hop.equals(hop)).forEach(hit::add);
        for (Transaction<?> transaction : hit) {
            switch (transaction) {
                case InviteClient client -> client.onUnreachable(out);
                case PlainClient client -> client.onUnreachable(isCancel(client) ? new Unheard(out) : out);
                case InviteServer server -> server.onUnreachable();
                case PlainServer server -> server.onUnreachable();
            }
            schedule(transaction);
        }
        return deadline();
    }

    public long onTimeout(long nowNanos, TransactionOutput out) {
        while (deadline() <= nowNanos) {
            Transaction<?> transaction = queue.pollFirst();
            transaction.queuedNanos = Transaction.NEVER; // a bug in what follows does not come again and again
            transaction.onTimeout(nowNanos, isCancel(transaction) ? new Unheard(out) : out);
            schedule(transaction);
        }
        return deadline();
    }

    private static boolean isCancel(Transaction<?> transaction) {
        return transaction instanceof PlainClient && transaction.key.endsWith("\n" + SipMethod.CANCEL.name() + "\n");
    }

    private void schedule(Transaction<?> transaction) {
        long deadline = transaction.deadline();
        if (deadline != transaction.queuedNanos) {
            queue.remove(transaction);
            transaction.queuedNanos = deadline;
            transaction.queuedOrder = order++;
            if (deadline != Transaction.NEVER) {
                queue.add(transaction);
            }
        }
        if (transaction.isOver()) {
            remove(transaction);
        }
    }

    private void remove(Transaction<?> transaction) {
        switch (transaction) {
            case InviteClient client -> clients.remove(client.key, client);
            case PlainClient client -> clients.remove(client.key, client);
            case InviteServer server -> removeServer(server);
            case PlainServer server -> removeServer(server);
        }
    }

    private void removeServer(Transaction<?> server) {
        servers.remove(server.key, server);
        String merge = originalOf.remove(server.key);
        if (merge != null) {
            originals.remove(merge);
        }
    }

    public long deadline() {
        return queue.isEmpty() ? Long.MAX_VALUE : queue.first().queuedNanos;
    }

    /// How many there are of both sides.
    public int size() {
        return clients.size() + servers.size();
    }

    /// Things remembered beside the transactions, for tests: none is left behind.
    int traces() {
        return originals.size() + originalOf.size() + queue.size();
    }

    /// For tests.
    List<String> statesBesideCancel() {
        return Stream.concat(clients.values().stream(), servers.values().stream())
                .filter(transaction -> !transaction.key.endsWith("\nCANCEL\n"))
                .map(transaction -> transaction.state().name())
                .toList();
    }
}

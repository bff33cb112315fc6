package io.jverto.switchboard.api;

import io.jverto.switchboard.api.CallApi.Queues;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.shared.FifoMembers;
import io.jverto.switchboard.shared.FifoMembers.Member;
import io.jverto.switchboard.shared.FifoMembersReader;
import io.jverto.switchboard.shared.Fifos.Caller;
import io.jverto.switchboard.shared.Fifos.Consumer;
import io.jverto.switchboard.shared.Fifos.Queue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `fifo list|count [<name>]`: who waits in the queues and who serves them; `fifo_member`: whom they call.
final class FifoCommands {
    private static final String MEMBER_USAGE =
            Replies.usage("add <fifo> <dial string> [<calls at once> [<timeout> [<lag> [<expires>]]]], or del <fifo> <dial string>");
    private static final int MAX_NAME = 255;
    private static final int MAX_DIAL_STRING = 4_096;

    private final Queues queues;

    private FifoCommands(Queues queues) {
        this.queues = queues;
    }

    static List<ApiCommand> of(Queues queues) {
        FifoCommands commands = new FifoCommands(queues);
        return List.of(ApiCommand.of("fifo", commands::fifo), ApiCommand.of("fifo_member", commands::member));
    }

    private String fifo(String arguments) {
        String[] words = arguments.trim().split(" +", 2);
        List<Queue> wanted = all().stream().filter(queue -> words.length < 2 || queue.name().equals(words[1])).toList();
        return switch (words[0]) {
            case "list", "list_verbose" -> list(wanted);
            case "count" -> count(wanted);
            default -> Replies.usage("list|count [<name>]");
        };
    }

    /// @return those in which somebody is, and those that have members
    private List<Queue> all() {
        Map<String, Queue> byName = new TreeMap<>();
        queues.members().fifos().forEach(name -> byName.put(name, new Queue(name, List.of(), Map.of())));
        queues.fifos().all().forEach(queue -> byName.put(queue.name(), queue));
        return List.copyOf(byName.values());
    }

    private String member(String arguments) {
        List<String> words = OriginateCommand.words(arguments);
        boolean sized = words.size() > 2 && words.get(1).length() <= MAX_NAME && words.get(2).length() <= MAX_DIAL_STRING;
        if (sized && words.size() == 3 && words.getFirst().equals("del")) {
            return queues.members().remove(words.get(1), words.get(2)) ? Replies.OK : "-ERR no such member\n";
        }
        boolean numbers = sized && words.stream().skip(3).limit(4).allMatch(word -> word.matches("[0-9]{1,9}"));
        if (!numbers || words.size() > 8 || !words.getFirst().equals("add")) {
            return MEMBER_USAGE;
        }
        int expires = number(words, 6, 0);
        Member member = new Member(words.get(1), words.get(2), Math.max(1, number(words, 3, 1)), Math.max(1, number(words, 4, FifoMembersReader.TIMEOUT_SECONDS)),
                number(words, 5, FifoMembersReader.LAG_SECONDS), expires == 0 ? 0 : queues.nowSeconds().getAsLong() + expires, false);
        if (!queues.members().put(member)) {
            return "-ERR there are " + FifoMembers.MAX_MEMBERS + " members already\n";
        }
        queues.look().accept(member.fifo());
        return Replies.OK;
    }

    private static int number(List<String> words, int index, int otherwise) {
        return index < words.size() ? Integer.parseInt(words.get(index)) : otherwise;
    }

    /// `<name>:<consumers>:<callers waiting>:<members>:<members that ring>:<idle consumers>`.
    private String count(List<Queue> queues) {
        StringBuilder out = new StringBuilder();
        for (Queue queue : queues) {
            long idle = queue.consumers().values().stream().filter(consumer -> consumer.serves().isEmpty()).count();
            out.append(queue.name()).append(':').append(queue.consumers().size()).append(':').append(queue.waiting().size()).append(':')
                    .append(this.queues.members().of(queue.name()).size()).append(':').append(this.queues.members().ringing(queue.name()).size()).append(':').append(idle).append('\n');
        }
        return out.isEmpty() ? "none\n" : out.toString();
    }

    private String list(List<Queue> queues) {
        StringBuilder out = new StringBuilder("<fifo_report>\n");
        for (Queue queue : queues) {
            out.append("  <fifo name=\"").append(Replies.xml(queue.name())).append("\" consumer_count=\"").append(queue.consumers().size())
                    .append("\" caller_count=\"").append(queue.waiting().size()).append("\" waiting_count=\"").append(queue.waiting().size()).append("\">\n    <callers>\n");
            for (int i = 0; i < queue.waiting().size(); i++) {
                caller(out, i + 1, queue.waiting().get(i));
            }
            out.append("    </callers>\n");
            if (!this.queues.members().of(queue.name()).isEmpty()) {
                out.append("    <outbound>\n");
                this.queues.members().of(queue.name()).forEach(member -> element(out, "member", Map.of("dial_string", member.dialString(), "simo",
                        String.valueOf(member.simultaneous()), "timeout", String.valueOf(member.timeoutSeconds()), "lag", String.valueOf(member.lagSeconds()))));
                out.append("    </outbound>\n");
            }
            out.append("    <consumers>\n");
            queue.consumers().forEach((id, consumer) -> consumer(out, id, consumer));
            out.append("    </consumers>\n  </fifo>\n");
        }
        return out.append("</fifo_report>\n").toString();
    }

    private static void caller(StringBuilder out, int position, Caller caller) {
        element(out, "caller", Map.of("uuid", caller.id().value(), "status", "WAITING", "caller_id_name", caller.name(), "caller_id_number", caller.number(),
                "timestamp", String.valueOf(caller.sinceSeconds()), "position", String.valueOf(position), "priority", String.valueOf(caller.priority())));
    }

    private static void consumer(StringBuilder out, ChannelId id, Consumer consumer) {
        Optional<ChannelId> caller = consumer.serves();
        element(out, "consumer", Map.of("uuid", id.value(), "status", caller.isPresent() ? "TALKING" : "WAITING", "caller_uuid", caller.map(ChannelId::value).orElse("")));
    }

    private static void element(StringBuilder out, String name, Map<String, String> attributes) {
        out.append("      <").append(name);
        attributes.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(one -> out.append(' ').append(one.getKey()).append("=\"").append(Replies.xml(one.getValue())).append('"'));
        out.append("/>\n");
    }
}

package io.jverto.switchboard.api;

import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.shared.Fifos;
import io.jverto.switchboard.shared.Fifos.Caller;
import io.jverto.switchboard.shared.Fifos.Consumer;
import io.jverto.switchboard.shared.Fifos.Queue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `fifo list|count [<name>]`: who waits in the queues and who serves them.
final class FifoCommands {
    private FifoCommands() {}

    static ApiCommand of(Fifos fifos) {
        return ApiCommand.of("fifo", arguments -> {
            String[] words = arguments.trim().split(" +", 2);
            List<Queue> queues = fifos.all().stream().filter(queue -> words.length < 2 || queue.name().equals(words[1])).toList();
            return switch (words[0]) {
                case "list", "list_verbose" -> list(queues);
                case "count" -> count(queues);
                default -> Replies.usage("list|count [<name>]");
            };
        });
    }

    /// `<name>:<consumers>:<callers waiting>:<members>:<members that ring>:<idle consumers>`; members are called by a queue, which none does.
    private static String count(List<Queue> queues) {
        StringBuilder out = new StringBuilder();
        for (Queue queue : queues) {
            long idle = queue.consumers().values().stream().filter(consumer -> consumer.serves().isEmpty()).count();
            out.append(queue.name()).append(':').append(queue.consumers().size()).append(':').append(queue.waiting().size()).append(":0:0:").append(idle).append('\n');
        }
        return out.isEmpty() ? "none\n" : out.toString();
    }

    private static String list(List<Queue> queues) {
        StringBuilder out = new StringBuilder("<fifo_report>\n");
        for (Queue queue : queues) {
            out.append("  <fifo name=\"").append(Replies.xml(queue.name())).append("\" consumer_count=\"").append(queue.consumers().size())
                    .append("\" caller_count=\"").append(queue.waiting().size()).append("\" waiting_count=\"").append(queue.waiting().size()).append("\">\n    <callers>\n");
            for (int i = 0; i < queue.waiting().size(); i++) {
                caller(out, i + 1, queue.waiting().get(i));
            }
            out.append("    </callers>\n    <consumers>\n");
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

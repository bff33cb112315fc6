package io.jverto.switchboard.channel;

import io.jverto.switchboard.dialplan.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The dial strings of a group, as the command `group` tells them, for a dialplan: what stands between them and their prefixes may steer a
/// parser; their addresses may not, as somebody may have joined the group who chose his own name (security.md S12).
public final class DialLists {
    private static final Pattern BETWEEN = Pattern.compile(":_:|[,|]");
    private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9_.]{1,64}/[^,|<>\\[\\]{}'\\\\\\p{Cntrl}]{1,1024}");

    private DialLists() {}

    /// Whether it can be one of several: a prefix and an address, no brackets, no variables, nothing that separates.
    // DEVIATION api-6
    public static boolean canBeMember(String dialString) {
        return MEMBER.matcher(dialString).matches() && !dialString.contains(":_:");
    }

    static Text text(String reply) {
        Text out = Text.EMPTY;
        Matcher between = BETWEEN.matcher(reply);
        int from = 0;
        while (between.find()) {
            out = Text.join(Text.join(out, member(reply.substring(from, between.start()))), Text.syntax(between.group()));
            from = between.end();
        }
        return Text.join(out, member(reply.substring(from)));
    }

    private static Text member(String member) {
        int slash = member.indexOf('/') + 1;
        return Text.join(Text.syntax(member.substring(0, slash)), Text.data(member.substring(slash)));
    }
}

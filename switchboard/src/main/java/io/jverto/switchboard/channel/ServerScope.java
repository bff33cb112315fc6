package io.jverto.switchboard.channel;

import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The configuration's own text where there is no channel yet: given variables, and the global ones.
public final class ServerScope implements Scope {
    /// Stands for a user's sessions. It is left for the endpoint to find them when it is dialled: their ids are chosen by clients,
    /// who could write a whole dial string into one (security.md S12).
    private static final String CONTACT = "verto_contact";
    private static final String GROUP_CALL = "group_call";
    private static final String NOBODY = "error/user_not_registered";
    /// The same for telephones.
    private static final String TRUNK_CONTACT = "sofia_contact";
    /// Its reply is a list of dial strings.
    private static final String GROUP = "group";

    private final ChannelServices services;
    private final Map<String, Text> variables;

    public ServerScope(ChannelServices services, Map<String, Text> variables) {
        this.services = services;
        this.variables = variables;
    }

    /// @return what `${name(arguments)}` gives; empty when a dialplan may not run that
    static Optional<Text> command(Commands commands, String name, String arguments) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case CONTACT -> Optional.of(contact(commands, arguments));
            case TRUNK_CONTACT -> Optional.of(trunk(commands, arguments));
            case GROUP_CALL -> Optional.of(group(arguments));
            case GROUP -> run(commands, name, arguments).map(DialLists::text);
            default -> run(commands, name, arguments).map(Text::data);
        };
    }

    private static Optional<String> run(Commands commands, String name, String arguments) {
        return commands.expandable(name, arguments).map(command -> command.run(arguments).stripTrailing());
    }

    /// The telephones of a user are looked up when he is dialled. Nobody has one where there is no endpoint for them.
    private static Text trunk(Commands commands, String user) {
        boolean there = commands.find(TRUNK_CONTACT).filter(command -> !command.run(user).strip().equals(NOBODY)).isPresent();
        int slash = user.indexOf('/');
        String where = slash < 0 ? "*" : user.substring(0, slash);
        String registered = user.substring(slash + 1).trim().replace('@', '%'); // as dial strings write it
        return there ? Text.join(Text.syntax("sofia/"), Text.data(where.trim() + "/" + registered)) : Text.syntax(NOBODY);
    }

    private static Text contact(Commands commands, String user) {
        boolean absent = commands.find(CONTACT).filter(command -> command.run(user).strip().equals(NOBODY)).isPresent();
        return absent ? Text.syntax(NOBODY) : Text.join(Text.syntax("verto.rtc/"), Text.data(user));
    }

    /// The members are looked up when the group is dialled.
    private static Text group(String arguments) {
        boolean ordered = arguments.matches("(?s).*\\+[AFEafe]");
        int end = arguments.length() - (ordered ? 2 : 0);
        return Text.join(Text.join(Text.syntax("group/"), Text.data(arguments.substring(0, end))), Text.syntax(arguments.substring(end)));
    }

    @Override
    public Text field(String name) {
        return Text.EMPTY;
    }

    @Override
    public Text variable(String name) {
        Text given = variables.getOrDefault(name, Text.EMPTY);
        return given.isEmpty() ? services.routing().get().global(name) : given;
    }

    @Override
    public void set(String name, Text value) {
        // nothing is kept: there is no channel
    }

    @Override
    public Instant now() {
        return services.time().wallTime();
    }

    @Override
    public Text command(String name, String arguments) {
        return command(services.commands(), name, arguments).orElse(Text.EMPTY);
    }

    @Override
    public void inline(Step step) {
        // only a hunt has inline actions
    }
}

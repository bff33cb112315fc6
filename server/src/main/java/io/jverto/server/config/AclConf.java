package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkList.Entry;
import io.jverto.base.net.NetworkList.Varying;
import io.jverto.base.net.NetworkLists;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `<configuration name="acl.conf">`: lists of networks that other configurations name, beside those of [Networks]. What cannot be
/// understood is an error: a list that lacks an entry could let in whom it was to keep out.
public final class AclConf {
    private static final Set<String> ATTRIBUTES = Set.of("type", "cidr", "host", "mask", "domain", "description");

    private final ConfigNode directory;
    private final UserNetworks further;
    private final Consumer<ConfigProblem> problems;

    private AclConf(ConfigNode directory, UserNetworks further, Consumer<ConfigProblem> problems) {
        this.directory = directory;
        this.further = further;
        this.problems = problems;
    }

    /// @param directory `<section name="directory">`, whose users' `cidr` a list may take over
    /// @param further what other users of the same domains name
    /// @return those of the file and those that are always there; a list of the file takes the place of one of the same name
    public static NetworkLists read(Optional<ConfigNode> configuration, ConfigNode directory, UserNetworks further, Consumer<ConfigProblem> problems) {
        AclConf reader = new AclConf(directory, further, problems);
        List<NetworkList> lists = new ArrayList<>(Networks.all());
        Set<String> names = new HashSet<>();
        configuration.stream()
                .flatMap(acl -> acl.children("network-lists"))
                .flatMap(all -> all.children("list"))
                .forEach(node -> reader.list(node, names).ifPresent(lists::add));
        return new NetworkLists(lists);
    }

    private Optional<NetworkList> list(ConfigNode node, Set<String> names) {
        String name = node.attribute("name", "");
        if (name.isEmpty()) {
            return refuse(node, "a <list> needs a name");
        }
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            return refuse(node, "the list " + name + " is defined twice");
        }
        List<Entry> entries = new ArrayList<>();
        List<Varying> varying = new ArrayList<>();
        node.children("node").forEach(entry -> entries(entry, entries, varying));
        boolean otherwise = allowed(node, "default", "deny");
        return Optional.of(new NetworkList(name, otherwise, entries, varying));
    }

    private void entries(ConfigNode node, List<Entry> entries, List<Varying> varying) {
        boolean allowed = allowed(node, "type", "");
        node.attributes().keySet().stream().filter(key -> !ATTRIBUTES.contains(key)).forEach(key ->
                refuse(node, "a <node> has no attribute '" + key + "' here: who is meant would not be clear"));
        Optional<String> domain = node.attribute("domain");
        if (domain.isPresent()) {
            users(node, domain.get()).forEach(network -> entries.add(new Entry(network, allowed)));
            varying.add(new Varying(further.of(domain.get()), allowed));
        } else {
            Optional<Network> network = node.attribute("cidr").isPresent()
                    ? Network.parse(node.attribute("cidr", "").strip())
                    : Network.parse(node.attribute("host", ""), node.attribute("mask", ""));
            network.ifPresentOrElse(
                    one -> entries.add(new Entry(one, allowed)),
                    () -> refuse(node, "a <node> needs a network: cidr=\"192.0.2.0/24\", or host=\"192.0.2.0\" mask=\"255.255.255.0\", or a domain"));
        }
    }

    private boolean allowed(ConfigNode node, String attribute, String otherwise) {
        String value = node.attribute(attribute, otherwise);
        if (!value.equalsIgnoreCase("allow") && !value.equalsIgnoreCase("deny")) {
            refuse(node, attribute + " of a <" + node.name() + "> must be allow or deny, not '" + value + "'");
        }
        return value.equalsIgnoreCase("allow");
    }

    /// @return what the `cidr` of the domain's users name
    private Stream<Network> users(ConfigNode node, String domain) {
        List<ConfigNode> domains =
                directory.children("domain").filter(one -> one.attribute("name", "").equalsIgnoreCase(domain)).toList();
        if (domains.isEmpty()) {
            problems.accept(ConfigProblem.warning(node.origin(), "there is no domain '" + domain + "' in the directory of the configuration: "
                    + "this holds what the cidr of its users in the database name, if there are any"));
        }
        return domains.stream().flatMap(AclConf::below).filter(one -> one.name().equals("user")).flatMap(this::networks);
    }

    private static Stream<ConfigNode> below(ConfigNode node) {
        return Stream.concat(Stream.of(node), node.children().stream().flatMap(AclConf::below));
    }

    private Stream<Network> networks(ConfigNode user) {
        String written = user.attribute("cidr", "");
        return Stream.of(written.split(",")).map(String::strip).filter(text -> !text.isEmpty()).flatMap(text -> {
            Optional<Network> network = Network.parse(text);
            if (network.isEmpty()) {
                refuse(user, "'" + text + "' in the cidr of user " + user.attribute("id", "") + " is no network");
            }
            return network.stream();
        });
    }

    private <T> Optional<T> refuse(ConfigNode node, String message) {
        problems.accept(ConfigProblem.error(node.origin(), message));
        return Optional.empty();
    }
}

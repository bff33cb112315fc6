package io.jverto.sip.locate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.spi.NamingManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The machine's own resolver: the platform's for addresses, and its DNS client for other records. Gives a server up after 1.5 s. Thread-safe.
public final class SystemDns implements Dns {
    private static final Logger log = LoggerFactory.getLogger(SystemDns.class);
    /// What stands in a name that others have chosen: it is given to a naming service, which reads more into other signs.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?\\.?");
    private static final int MOST = 50;

    private final String servers;

    /// @param servers `dns:` for those of the machine, or for instance `dns://192.0.2.53`
    public SystemDns(String servers) {
        this.servers = servers;
    }

    @Override
    public List<Naptr> naptr(String name) {
        return records(name, "NAPTR", words -> words.length < 6
                ? Optional.empty()
                : Optional.of(new Naptr(number(words[0]), number(words[1]), unquoted(words[2]), unquoted(words[3]), host(words[5]))));
    }

    @Override
    public List<Srv> srv(String name) {
        return records(name, "SRV", words -> words.length < 4
                ? Optional.empty()
                : Optional.of(new Srv(number(words[0]), number(words[1]), number(words[2]), host(words[3]))));
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static String unquoted(String text) {
        return text.equals("\"\"") ? "" : text;
    }

    private static String host(String text) {
        return text.endsWith(".") && text.length() > 1 ? text.substring(0, text.length() - 1) : text;
    }

    private <T> List<T> records(String name, String type, Function<String[], Optional<T>> read) {
        List<T> found = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            return found;
        }
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", servers);
        environment.put("com.sun.jndi.dns.timeout.initial", "500");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        try {
            DirContext context = (DirContext) NamingManager.getInitialContext(environment);
            try {
                Attribute attribute = context.getAttributes(name, new String[] {type}).get(type);
                NamingEnumeration<?> all = attribute == null ? null : attribute.getAll();
                while (all != null && all.hasMore() && found.size() < MOST) {
                    read.apply(String.valueOf(all.next()).split(" ")).ifPresent(found::add);
                }
            } finally {
                context.close();
            }
        } catch (NamingException nothing) { // no such name, no such record, or nobody answers
            log.debug("no {} of {}: {}", type, name, nothing.toString());
        }
        return found;
    }

    @Override
    public List<InetAddress> addresses(String name) {
        try {
            return List.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }
}

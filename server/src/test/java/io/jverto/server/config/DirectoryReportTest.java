package io.jverto.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryReportTest {
    @TempDir
    Path temp;

    private ConfigNode directory(String content) throws IOException {
        Files.writeString(temp.resolve("freeswitch.xml"),
                "<document type=\"freeswitch/xml\">\n<section name=\"directory\">\n" + content + "\n</section>\n</document>\n");
        return ((ConfigLoader.Loaded) ConfigLoader.load(temp, new Variables())).config().section("directory");
    }

    @Test
    void whatChangesNothingIsNamedWithItsLineInDomainGroupAndUser() throws IOException {
        ConfigNode directory = directory("""
                <domain name="pbx.test"><params>
                <param name="vm-mailto" value="a@b"/>
                </params><groups><group name="g"><variables>
                <variable name="sip_secure_media" value="true"/>
                </variables><users><user id="1000" ip="192.0.2.1"><params>
                <param name="Auth-ACL" value="lan"/>
                </params><variables>
                <variable name="sip-force-contact" value="nat"/>
                </variables>
                <gateways><gateway name="x"/></gateways></user></users></group></groups>
                <user id="1001"><params>
                <param name="user-agent-filter" value="x"/></params></user></domain>""");

        assertThat(DirectoryReport.of(directory)).extracting(problem -> problem.origin().line() + " " + problem.message()).containsExactly(
                "4 the param vm-mailto of the directory changes nothing: no mail is sent",
                "6 the variable sip_secure_media of the directory changes nothing: SIP profiles do not look at it",
                "8 the param auth-acl of the directory changes nothing: apply-connection-acl of verto.conf says who may connect",
                "10 the variable sip-force-contact of the directory changes nothing: SIP profiles do not look at it",
                "7 the attribute ip of a user changes nothing: nobody is known by an address",
                "12 the gateways of a user are not used: gateways stand in profiles of sofia.conf",
                "14 the param user-agent-filter of the directory changes nothing: SIP profiles do not look at it");
    }

    @Test
    void whatWorksOrIsForADialplanToAskIsNotNamed() throws IOException {
        ConfigNode directory = directory("""
                <domain name="pbx.test"><params><param name="dial-string" value="x"/><param name="jsonrpc-allowed-methods" value="verto"/></params>
                <groups><group name="g"><users><user id="1000" type="pointer" ip="x"/></users></group></groups>
                <user id="1000" number-alias="x" cidr="192.0.2.0/24"><params><param name="password" value="p"/><param name="vm-password" value="1"/>
                <param name="dial-var-x" value="y"/><param name="my-own" value="z"/></params>
                <variables><variable name="user_context" value="default"/><variable name="toll_allow" value="local"/></variables></user></domain>""");

        assertThat(DirectoryReport.of(directory)).isEmpty();
    }
}

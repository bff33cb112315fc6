package io.jverto.server;

import gov.nist.javax.sip.SipStackExt;
import gov.nist.javax.sip.clientauthutils.UserCredentials;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.RouteHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/// A telephone for one call at a time whose stack is jain-sip: its transactions, dialogs and digest, over UDP. It tells what it hears; the ACK of an answer, and
/// the answers to BYE and CANCEL, it gives by itself.
final class JainPhone implements SipListener {
    private static final String ADDRESS = "127.0.0.1";
    private static final String DOMAIN = "pbx.test";
    private static final long PATIENCE_SECONDS = 20;

    private final String user;
    private final String password;
    private final int server;
    private final SipStack stack;
    private final SipProvider provider;
    private final AddressFactory addresses;
    private final HeaderFactory headers;
    private final MessageFactory messages;
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final List<String> heard = new ArrayList<>();
    private volatile ClientTransaction asked;
    private volatile ServerTransaction invited;
    private volatile Message last;
    private int descriptions;

    /// @param server its SIP port
    JainPhone(String user, String password, int server) throws Exception {
        org.apache.log4j.Logger.getRootLogger().setLevel(org.apache.log4j.Level.OFF);
        this.user = user;
        this.password = password;
        this.server = server;
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "jain-" + user + "-" + System.nanoTime());
        properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "0");
        stack = factory.createSipStack(properties);
        addresses = factory.createAddressFactory();
        headers = factory.createHeaderFactory();
        messages = factory.createMessageFactory();
        provider = stack.createSipProvider(stack.createListeningPoint(ADDRESS, UdpPorts.free(ADDRESS), "udp"));
        provider.addSipListener(this);
    }

    /// @return what came next, for instance `INVITE` or `200 REGISTER`
    String next() throws InterruptedException {
        String line = log.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        heard.add(line);
        return line == null ? "nothing" : line;
    }

    /// Waits for all of that, in any order: its stack has threads of its own. Passes over what else comes.
    void awaits(String... wanted) throws InterruptedException {
        List<String> left = new ArrayList<>(List.of(wanted));
        while (!left.isEmpty()) {
            String line = next();
            left.remove(line);
            if (line.equals("nothing")) {
                throw new AssertionError("jain-sip waits for " + left + " and heard " + heard);
            }
        }
    }

    /// @return what came last, whole
    String message() {
        return last.toString();
    }

    void register(int seconds) throws Exception {
        Request request = request(Request.REGISTER, addresses.createSipURI(null, DOMAIN), user);
        request.addHeader(headers.createExpiresHeader(seconds));
        send(request);
    }

    void options() throws Exception {
        send(request(Request.OPTIONS, addresses.createSipURI(null, DOMAIN), user));
    }

    void call(String number) throws Exception {
        Request request = request(Request.INVITE, addresses.createSipURI(number, DOMAIN), number);
        describe(request, "sendrecv");
        send(request);
    }

    /// Gives up what it called.
    void cancel() throws SipException {
        provider.getNewClientTransaction(asked.createCancel()).sendRequest();
    }

    /// A new description within the call.
    void offer(String direction) throws Exception {
        Dialog dialog = dialog();
        Request request = dialog.createRequest(Request.INVITE);
        describe(request, direction);
        dialog.sendRequest(provider.getNewClientTransaction(request));
    }

    void hangUp() throws SipException {
        dialog().sendRequest(provider.getNewClientTransaction(dialog().createRequest(Request.BYE)));
    }

    private Dialog dialog() {
        return invited != null ? invited.getDialog() : asked.getDialog();
    }

    /// Responds to the INVITE that came last.
    ///
    /// @param direction of its SDP; empty for none
    void respond(int status, String direction) throws Exception {
        Response response = messages.createResponse(status, invited.getRequest());
        if (status > 100 && ((ToHeader) response.getHeader(ToHeader.NAME)).getTag() == null) {
            ((ToHeader) response.getHeader(ToHeader.NAME)).setTag("jain");
        }
        response.addHeader(headers.createContactHeader(contact()));
        if (!direction.isEmpty()) {
            describe(response, direction);
        }
        invited.sendResponse(response);
    }

    private Request request(String method, URI uri, String to) throws ParseException, InvalidArgumentException {
        FromHeader from = headers.createFromHeader(addresses.createAddress(addresses.createSipURI(user, DOMAIN)), "jain-" + System.nanoTime());
        ToHeader called = headers.createToHeader(addresses.createAddress(addresses.createSipURI(to, DOMAIN)), null);
        List<ViaHeader> vias = List.of(headers.createViaHeader(ADDRESS, port(), "udp", null));
        Request request = messages.createRequest(uri, method, provider.getNewCallId(), headers.createCSeqHeader(1L, method), from, called, vias, headers.createMaxForwardsHeader(70));
        SipURI route = addresses.createSipURI(null, ADDRESS);
        route.setPort(server);
        route.setLrParam();
        RouteHeader header = headers.createRouteHeader(addresses.createAddress(route));
        request.addHeader(header);
        request.addHeader(headers.createContactHeader(contact()));
        return request;
    }

    private Address contact() throws ParseException {
        SipURI uri = addresses.createSipURI(user, ADDRESS);
        uri.setPort(port());
        return addresses.createAddress(uri);
    }

    private int port() {
        return provider.getListeningPoint("udp").getPort();
    }

    private void describe(Message message, String direction) throws ParseException {
        String sdp = "v=0\r\no=jain 1 " + ++descriptions + " IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na=" + direction + "\r\n";
        message.setContent(sdp.getBytes(StandardCharsets.UTF_8), headers.createContentTypeHeader("application", "sdp"));
    }

    private void send(Request request) throws SipException {
        asked = provider.getNewClientTransaction(request);
        invited = null;
        asked.sendRequest();
    }

    @Override
    public void processResponse(ResponseEvent event) {
        Response response = event.getResponse();
        CSeqHeader sequence = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
        last = response;
        try {
            if (response.getStatusCode() == 401 || response.getStatusCode() == 407) {
                log.add(response.getStatusCode() + " " + sequence.getMethod());
                prove(response, event.getClientTransaction());
                return;
            }
            if (response.getStatusCode() == 200 && sequence.getMethod().equals(Request.INVITE)) {
                event.getDialog().sendAck(event.getDialog().createAck(sequence.getSeqNumber()));
            }
        } catch (SipException | InvalidArgumentException broken) {
            log.add(broken.toString());
        }
        log.add(response.getStatusCode() + " " + sequence.getMethod());
    }

    private void prove(Response challenge, ClientTransaction challenged) throws SipException {
        asked = ((SipStackExt) stack).getAuthenticationHelper((_, _) -> new UserCredentials() {
            @Override
            public String getUserName() {
                return user;
            }

            @Override
            public String getPassword() {
                return password;
            }

            @Override
            public String getSipDomain() {
                return DOMAIN;
            }
        }, headers).handleChallenge(challenge, challenged, provider, 5);
        asked.sendRequest();
    }

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        last = request;
        try {
            switch (request.getMethod()) {
                case Request.INVITE -> invited = event.getServerTransaction() == null ? provider.getNewServerTransaction(request) : event.getServerTransaction();
                case Request.BYE -> event.getServerTransaction().sendResponse(messages.createResponse(200, request));
                case Request.CANCEL -> {
                    event.getServerTransaction().sendResponse(messages.createResponse(200, request));
                    respond(487, "");
                }
                default -> { }
            }
        } catch (Exception broken) {
            log.add(broken.toString());
        }
        log.add(request.getMethod());
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        log.add("timeout");
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        log.add("unreachable");
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        // nothing is kept of it
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        // nothing is kept of it
    }

    void close() {
        stack.stop();
    }
}

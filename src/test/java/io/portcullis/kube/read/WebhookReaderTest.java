package io.portcullis.kube.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.portcullis.kube.Kind;
import io.portcullis.kube.WebhookConfiguration;
import io.portcullis.kube.WebhookConfiguration.FailurePolicy;
import io.portcullis.kube.WebhookConfiguration.Webhook;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WebhookReaderTest {
  private static ReadObject read(String kind, String webhooks) {
    String json =
        "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'%s','metadata':{'name':'hooks'},'webhooks':%s}"
            .formatted(kind, webhooks)
            .replace('\'', '"');
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      return ObjectReader.read(parser);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static WebhookConfiguration sound(String kind, String webhooks) {
    ReadObject read = read(kind, webhooks);
    assertThat(read.problems()).isEmpty();
    return (WebhookConfiguration) read.object().orElseThrow();
  }

  @Test
  void aWebhookIsCalledOnPort443AndFailsUnlessItSaysOtherwise() {
    WebhookConfiguration hooks =
        sound(
            "ValidatingWebhookConfiguration",
            """
            [{'name':'a.example.com','clientConfig':{'caBundle':'LS0t',
               'service':{'namespace':'shop','name':'hooks','path':'/check'}}},
             {'name':'b.example.com','failurePolicy':'Ignore','rules':[{'operations':['CREATE']}],
               'clientConfig':{'service':{'namespace':'shop','name':'hooks','port':8443}}}]\
            """);
    assertThat(hooks.kind()).isEqualTo(Kind.VALIDATING_WEBHOOK_CONFIGURATION);
    assertThat(hooks.namespace()).isEmpty();
    assertThat(hooks.webhooks())
        .containsExactly(
            new Webhook("a.example.com", "shop", "hooks", 443, FailurePolicy.FAIL),
            new Webhook("b.example.com", "shop", "hooks", 8443, FailurePolicy.IGNORE));
  }

  @Test
  void aWebhookBehindAUrlIsNobodysPods() {
    WebhookConfiguration hooks =
        sound(
            "MutatingWebhookConfiguration",
            "[{'name':'a.example.com','clientConfig':{'url':'https://hooks.example.com'}}]");
    assertThat(hooks.kind()).isEqualTo(Kind.MUTATING_WEBHOOK_CONFIGURATION);
    assertThat(hooks.webhooks()).isEmpty();
  }

  @Test
  void itsCertificateIsNoneOfItsFacts() {
    String webhook =
        "[{'name':'a.example.com','clientConfig':{'caBundle':'%s','service':{'namespace':'shop','name':'hooks'}}}]";
    assertThat(sound("ValidatingWebhookConfiguration", webhook.formatted("LS0t")).facts())
        .isEqualTo(sound("ValidatingWebhookConfiguration", webhook.formatted("T0xE")).facts());
  }

  @Test
  void whatIsOfTheWrongTypeIsToldAndTheRestIsRead() {
    ReadObject read =
        read(
            "ValidatingWebhookConfiguration",
            "['x',{'name':'a.example.com','clientConfig':{'service':{'namespace':'shop','name':'hooks','port':'https'}}}]");
    assertThat(read.problems())
        .extracting(ReadProblem::toString)
        .containsExactly(
            "webhooks[0]: is a string, want an object",
            "webhooks[1].clientConfig.service.port: is a string, want a whole number");
    assertThat(((WebhookConfiguration) read.object().orElseThrow()).webhooks()).hasSize(1);
  }
}

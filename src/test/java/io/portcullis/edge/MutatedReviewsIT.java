package io.portcullis.edge;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the native executable. */
@QuarkusIntegrationTest
class MutatedReviewsIT extends MutatedReviewsTest {}

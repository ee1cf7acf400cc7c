/**
 * The real ring: {@code kubectl} against a real kube-apiserver that asks the gate. {@code
 * k8s/local} starts both, once for all classes; where its programs can't be had each test counts as
 * skipped, and the reason is printed.
 */
package io.portcullis.realapi;

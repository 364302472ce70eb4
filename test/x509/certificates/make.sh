#!/bin/sh
# Makes the certificates beside this file anew (OpenSSL 3). Keys are thrown away; serial numbers and
# dates are fixed, keys and signatures differ from run to run.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# certificate NAME KEY-ALGORITHM-OPTIONS SUBJECT SERIAL [EXTENSION...]: 2026-01-01 to 2026-12-31; signed by $ISSUER, else by itself
certificate() {
  name=$1 key=$2 subject=$3 serial=$4
  shift 4
  # shellcheck disable=SC2086 # options of genpkey are words
  openssl genpkey -out "$work/$name.key" $key 2>/dev/null
  {
    printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\ndefault_md=%s\npolicy=p\nemail_in_dn=yes\n' \
      "$work" "$work" "$work" "${DIGEST:-sha256}"
    printf '[p]\n[e]\n'
    for extension in "$@"; do printf '%s\n' "$extension"; done
    printf '[req]\ndistinguished_name=n\nstring_mask=%s\n[n]\n[dir]\nO=Inside, Inc.\nCN=within\n' "${MASK:-utf8only}"
  } >"$work/conf"
  : >"$work/index"
  echo unique_subject=no >"$work/index.attr"
  echo "$serial" >"$work/serial"
  openssl req -new -config "$work/conf" -utf8 -key "$work/$name.key" -subj "$subject" -out "$work/$name.csr" -multivalue-rdn
  signer="-selfsign -keyfile $work/$name.key"
  [ -z "${ISSUER:-}" ] || signer="-cert $ISSUER.pem -keyfile $work/$ISSUER.key"
  # shellcheck disable=SC2086 # words as well
  openssl ca -batch -notext -config "$work/conf" $signer -preserveDN -in "$work/$name.csr" -extensions e \
    -startdate "${FROM:-20260101000000Z}" -enddate "${UNTIL:-20261231235959Z}" -out "$name.pem" ${SIGN:-} 2>"$work/log" || { cat "$work/log"; exit 1; }
}

certificate rsa "-algorithm RSA -pkeyopt rsa_keygen_bits:2048" "/C=DE/O=Example, Inc./CN=example.test" 1001 \
  "basicConstraints=CA:FALSE" "keyUsage=critical,digitalSignature,keyEncipherment" "extendedKeyUsage=serverAuth,clientAuth,1.3.6.1.4.1.311.10.3.3" \
  "subjectAltName=DNS:example.test,DNS:*.example.test,IP:10.0.0.1,IP:2001:db8::1,email:me@example.test,URI:https://example.test/a,RID:1.2.3.4,dirName:dir,otherName:1.3.6.1.5.5.7.8.4;UTF8:x" \
  "subjectKeyIdentifier=hash" "authorityKeyIdentifier=keyid:always" "tlsfeature=status_request"
certificate ec-ca "-algorithm EC -pkeyopt ec_paramgen_curve:P-256" "/CN=Example Root" 00FF02 \
  "basicConstraints=critical,CA:TRUE,pathlen:0" "keyUsage=critical,keyCertSign,cRLSign" "subjectKeyIdentifier=hash"
certificate ec-p521 "-algorithm EC -pkeyopt ec_paramgen_curve:P-521" "/CN=p521" 03 "keyUsage=keyAgreement,encipherOnly,decipherOnly"
certificate ec-explicit "-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit" "/CN=explicit" 04
certificate ed25519 "-algorithm ED25519" "/CN=ed25519" 05
certificate ed448 "-algorithm ED448" "/CN=ed448" 06
SIGN="-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32" certificate rsa-pss-signature "-algorithm RSA -pkeyopt rsa_keygen_bits:1024" "/CN=pss" 07
certificate rsa-pss-key "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024" "/CN=pss key" 08
DIGEST=sha1 certificate sha1 "-algorithm RSA -pkeyopt rsa_keygen_bits:1024" "/CN=sha1" 09
certificate odd-names "-algorithm ED25519" \
  "/C=DE/ST=Bayern/L=München/O=A \"quoted\" \\\\ name/OU=a\\+b;c <d>/OU= leading/DC=test+DC=example/emailAddress=x@example.test/serialNumber=1/unstructuredName=other" 0a
MASK=default FROM=20490101000000Z UNTIL=99991231235959Z certificate late "-algorithm ED25519" "/O=Grün/CN=日本" 0b

# A chain as a server has it, with all that a CA puts in.
SHA384="rsa_padding_mode:pss -sigopt rsa_pss_saltlen:48"
DIGEST=sha512 certificate chain-root "-algorithm RSA -pkeyopt rsa_keygen_bits:2048" "/O=Example/CN=Example Root" 20 \
  "basicConstraints=critical,CA:TRUE" "keyUsage=critical,keyCertSign,cRLSign" "subjectKeyIdentifier=hash"
ISSUER=chain-root DIGEST=sha384 SIGN="-sigopt $SHA384" certificate chain-issuer "-algorithm EC -pkeyopt ec_paramgen_curve:P-384" \
  "/O=Example/CN=Example Issuer" 21 "basicConstraints=critical,CA:TRUE,pathlen:0" "keyUsage=critical,keyCertSign" \
  "nameConstraints=critical,permitted;DNS:example.test" "subjectKeyIdentifier=hash" "authorityKeyIdentifier=keyid:always" \
  "crlDistributionPoints=URI:http://crl.example.test/root.crl" "authorityInfoAccess=caIssuers;URI:http://example.test/root.der"
ISSUER=chain-issuer DIGEST=sha384 certificate chain-server "-algorithm EC -pkeyopt ec_paramgen_curve:P-256" "/CN=www.example.test" 22 \
  "subjectAltName=DNS:www.example.test" "extendedKeyUsage=serverAuth" "keyUsage=critical,digitalSignature" "subjectKeyIdentifier=hash" \
  "authorityKeyIdentifier=keyid:always" "crlDistributionPoints=URI:http://crl.example.test/a.crl,URI:ldap://example.test/cn=a" \
  "authorityInfoAccess=OCSP;URI:http://ocsp.example.test,caIssuers;URI:http://example.test/issuer.der" \
  "1.3.6.1.4.1.11129.2.4.2=DER:040a00080002aabb0002ccdd"
SIGN="-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20 -sigopt rsa_mgf1_md:sha1" certificate rsa-pss-mixed \
  "-algorithm RSA -pkeyopt rsa_keygen_bits:1024" "/CN=mixed" 23
certificate rsa-pss-restricted "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024 -pkeyopt rsa_pss_keygen_md:sha256 \
  -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32" "/CN=restricted" 24

openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024 -out "$work/dsa.params" 2>/dev/null
certificate dsa "-paramfile $work/dsa.params" "/CN=dsa" 0c

# Version 1, with a serial number below zero; only "today" can be its first day.
openssl genpkey -algorithm ED25519 -out "$work/old.key"
openssl req -new -config "$work/conf" -key "$work/old.key" -subj "/CN=version 1" -out "$work/old.csr"
openssl x509 -req -in "$work/old.csr" -signkey "$work/old.key" -set_serial -123 -days 30 -out negative-serial.pem 2>"$work/log" || cat "$work/log"
